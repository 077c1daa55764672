CREATE TABLE calendar (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    zone VARCHAR(64) NOT NULL,
    country VARCHAR(8),
    subdivision VARCHAR(16),
    CONSTRAINT pk_calendar PRIMARY KEY (id),
    CONSTRAINT uq_calendar_key UNIQUE (key),
    CONSTRAINT uq_calendar_name UNIQUE (name)
)

CREATE TABLE reference_counter (
    id BIGSERIAL NOT NULL,
    prefix VARCHAR(8) NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_reference_counter PRIMARY KEY (id),
    CONSTRAINT uq_reference_counter_prefix UNIQUE (prefix)
)

CREATE TABLE workspace (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    name VARCHAR(200) NOT NULL,
    zone VARCHAR(64) NOT NULL,
    is_demo BOOLEAN NOT NULL,
    rules_stamp INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_workspace PRIMARY KEY (id),
    CONSTRAINT uq_workspace_key UNIQUE (key)
)

CREATE TABLE calendar_closure (
    id BIGSERIAL NOT NULL,
    calendar_id BIGINT NOT NULL,
    start DATE NOT NULL,
    "end" DATE NOT NULL,
    name VARCHAR(200) NOT NULL,
    from_s INTEGER,
    to_s INTEGER,
    is_yearly BOOLEAN NOT NULL,
    is_public_holiday BOOLEAN NOT NULL,
    CONSTRAINT pk_calendar_closure PRIMARY KEY (id),
    CONSTRAINT fk_calendar_closure_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE INDEX ix_calendar_closure_calendar_id ON calendar_closure (calendar_id)

CREATE TABLE calendar_interval (
    id BIGSERIAL NOT NULL,
    calendar_id BIGINT NOT NULL,
    weekday INTEGER NOT NULL,
    from_s INTEGER NOT NULL,
    to_s INTEGER NOT NULL,
    CONSTRAINT pk_calendar_interval PRIMARY KEY (id),
    CONSTRAINT fk_calendar_interval_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE INDEX ix_calendar_interval_calendar_id ON calendar_interval (calendar_id)

CREATE TABLE calendar_override (
    id BIGSERIAL NOT NULL,
    calendar_id BIGINT NOT NULL,
    day DATE NOT NULL,
    from_s INTEGER NOT NULL,
    to_s INTEGER NOT NULL,
    CONSTRAINT pk_calendar_override PRIMARY KEY (id),
    CONSTRAINT fk_calendar_override_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE INDEX ix_calendar_override_calendar_id ON calendar_override (calendar_id)

CREATE TABLE unit (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    side VARCHAR(24) NOT NULL,
    prefix VARCHAR(8) NOT NULL,
    calendar_id BIGINT,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_unit PRIMARY KEY (id),
    CONSTRAINT uq_unit_key UNIQUE (key),
    CONSTRAINT uq_unit_name UNIQUE (name),
    CONSTRAINT fk_unit_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE TABLE person (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    email VARCHAR(200),
    unit_id BIGINT,
    is_active BOOLEAN NOT NULL,
    can_sign_in BOOLEAN NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT uq_person_key UNIQUE (key),
    CONSTRAINT fk_person_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE INDEX ix_person_name ON person (name)

CREATE INDEX ix_person_unit_id ON person (unit_id)

CREATE TABLE service (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    unit_id BIGINT NOT NULL,
    name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL,
    synonyms JSONB NOT NULL,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_service PRIMARY KEY (id),
    CONSTRAINT uq_service_unit_id_name UNIQUE (unit_id, name),
    CONSTRAINT uq_service_key UNIQUE (key),
    CONSTRAINT fk_service_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE TABLE agreement (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    front_unit_id BIGINT,
    back_unit_id BIGINT NOT NULL,
    service_id BIGINT,
    CONSTRAINT pk_agreement PRIMARY KEY (id),
    CONSTRAINT uq_agreement_key UNIQUE (key),
    CONSTRAINT fk_agreement_front_unit_id_unit FOREIGN KEY(front_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_agreement_back_unit_id_unit FOREIGN KEY(back_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_agreement_service_id_service FOREIGN KEY(service_id) REFERENCES service (id)
)

CREATE INDEX ix_agreement_back_unit_id ON agreement (back_unit_id)

CREATE TABLE form_field (
    id BIGSERIAL NOT NULL,
    service_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    code VARCHAR(40) NOT NULL,
    label VARCHAR(200) NOT NULL,
    kind VARCHAR(24) NOT NULL,
    is_needed BOOLEAN NOT NULL,
    hint VARCHAR(400) NOT NULL,
    choices JSONB NOT NULL,
    settings JSONB NOT NULL,
    CONSTRAINT pk_form_field PRIMARY KEY (id),
    CONSTRAINT uq_form_field_service_id_code UNIQUE (service_id, code),
    CONSTRAINT fk_form_field_service_id_service FOREIGN KEY(service_id) REFERENCES service (id)
)

CREATE TABLE meeting_series (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    front_unit_id BIGINT NOT NULL,
    back_unit_id BIGINT NOT NULL,
    recurrence VARCHAR(200) NOT NULL,
    first_at TIMESTAMP WITH TIME ZONE NOT NULL,
    zone VARCHAR(64) NOT NULL,
    minutes INTEGER NOT NULL,
    place VARCHAR(200) NOT NULL,
    chair_id BIGINT,
    minute_taker_id BIGINT,
    options JSONB NOT NULL,
    CONSTRAINT pk_meeting_series PRIMARY KEY (id),
    CONSTRAINT uq_meeting_series_key UNIQUE (key),
    CONSTRAINT fk_meeting_series_front_unit_id_unit FOREIGN KEY(front_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_meeting_series_back_unit_id_unit FOREIGN KEY(back_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_meeting_series_chair_id_person FOREIGN KEY(chair_id) REFERENCES person (id),
    CONSTRAINT fk_meeting_series_minute_taker_id_person FOREIGN KEY(minute_taker_id) REFERENCES person (id)
)

CREATE TABLE person_role (
    id BIGSERIAL NOT NULL,
    person_id BIGINT NOT NULL,
    role VARCHAR(24) NOT NULL,
    CONSTRAINT pk_person_role PRIMARY KEY (id),
    CONSTRAINT uq_person_role_person_id_role UNIQUE (person_id, role),
    CONSTRAINT fk_person_role_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE TABLE request (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    reference VARCHAR(40) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    service_id BIGINT,
    front_unit_id BIGINT,
    requester_id BIGINT,
    customer VARCHAR(200) NOT NULL,
    contact VARCHAR(200) NOT NULL,
    channel VARCHAR(40) NOT NULL,
    site VARCHAR(200) NOT NULL,
    topic VARCHAR(200) NOT NULL,
    body TEXT NOT NULL,
    form JSONB NOT NULL,
    source JSONB,
    told_text TEXT NOT NULL,
    told_due_at TIMESTAMP WITH TIME ZONE,
    state VARCHAR(24) NOT NULL,
    is_open BOOLEAN NOT NULL,
    unit_id BIGINT,
    unit_since TIMESTAMP WITH TIME ZONE,
    assignee_id BIGINT,
    pending VARCHAR(24),
    ball VARCHAR(24) NOT NULL,
    ball_since TIMESTAMP WITH TIME ZONE NOT NULL,
    priority INTEGER,
    raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    clock_position INTEGER,
    reopens INTEGER NOT NULL,
    handovers INTEGER NOT NULL,
    returns INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    CONSTRAINT pk_request PRIMARY KEY (id),
    CONSTRAINT uq_request_key UNIQUE (key),
    CONSTRAINT uq_request_reference UNIQUE (reference),
    CONSTRAINT fk_request_service_id_service FOREIGN KEY(service_id) REFERENCES service (id),
    CONSTRAINT fk_request_front_unit_id_unit FOREIGN KEY(front_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_request_requester_id_person FOREIGN KEY(requester_id) REFERENCES person (id),
    CONSTRAINT fk_request_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_request_assignee_id_person FOREIGN KEY(assignee_id) REFERENCES person (id)
)

CREATE INDEX ix_request_assignee_id ON request (assignee_id)

CREATE INDEX ix_request_counter ON request (front_unit_id, requester_id, last_at)

CREATE INDEX ix_request_queue ON request (unit_id, due_at, id) WHERE is_open

CREATE INDEX ix_request_raised_at ON request (raised_at)

CREATE INDEX ix_request_resolved_at ON request (resolved_at)

CREATE INDEX ix_request_service ON request (service_id, raised_at)

CREATE TABLE agreement_version (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    agreement_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    calendar_id BIGINT NOT NULL,
    starts VARCHAR(24) NOT NULL,
    warn_share DOUBLE PRECISION NOT NULL,
    valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
    valid_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_agreement_version PRIMARY KEY (id),
    CONSTRAINT uq_agreement_version_agreement_id_number UNIQUE (agreement_id, number),
    CONSTRAINT uq_agreement_version_key UNIQUE (key),
    CONSTRAINT fk_agreement_version_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id),
    CONSTRAINT fk_agreement_version_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE TABLE hold (
    id BIGSERIAL NOT NULL,
    request_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    reason VARCHAR(24) NOT NULL,
    unit_id BIGINT,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_hold PRIMARY KEY (id),
    CONSTRAINT uq_hold_request_id_position UNIQUE (request_id, position),
    CONSTRAINT fk_hold_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_hold_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE TABLE leg (
    id BIGSERIAL NOT NULL,
    request_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    unit_id BIGINT,
    from_unit_id BIGINT,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    named_at TIMESTAMP WITH TIME ZONE,
    acted_at TIMESTAMP WITH TIME ZONE,
    last_assignee_id BIGINT,
    CONSTRAINT pk_leg PRIMARY KEY (id),
    CONSTRAINT uq_leg_request_id_position UNIQUE (request_id, position),
    CONSTRAINT fk_leg_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_leg_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_leg_from_unit_id_unit FOREIGN KEY(from_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_leg_last_assignee_id_person FOREIGN KEY(last_assignee_id) REFERENCES person (id)
)

CREATE INDEX ix_leg_unit_id_started_at ON leg (unit_id, started_at)

CREATE TABLE meeting (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    series_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    minutes INTEGER NOT NULL,
    place VARCHAR(200) NOT NULL,
    period_start TIMESTAMP WITH TIME ZONE NOT NULL,
    period_end TIMESTAMP WITH TIME ZONE NOT NULL,
    state VARCHAR(24) NOT NULL,
    agenda_version INTEGER NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_meeting PRIMARY KEY (id),
    CONSTRAINT uq_meeting_series_id_number UNIQUE (series_id, number),
    CONSTRAINT uq_meeting_key UNIQUE (key),
    CONSTRAINT fk_meeting_series_id_meeting_series FOREIGN KEY(series_id) REFERENCES meeting_series (id)
)

CREATE TABLE series_member (
    id BIGSERIAL NOT NULL,
    series_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    side VARCHAR(24) NOT NULL,
    part VARCHAR(100) NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_series_member PRIMARY KEY (id),
    CONSTRAINT uq_series_member_series_id_person_id UNIQUE (series_id, person_id),
    CONSTRAINT fk_series_member_series_id_meeting_series FOREIGN KEY(series_id) REFERENCES meeting_series (id),
    CONSTRAINT fk_series_member_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE TABLE action (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    series_id BIGINT NOT NULL,
    meeting_id BIGINT,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    topic VARCHAR(200) NOT NULL,
    owner_id BIGINT,
    owner_unit_id BIGINT,
    due_on DATE NOT NULL,
    state VARCHAR(24) NOT NULL,
    carried INTEGER NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_action PRIMARY KEY (id),
    CONSTRAINT uq_action_series_id_number UNIQUE (series_id, number),
    CONSTRAINT uq_action_key UNIQUE (key),
    CONSTRAINT fk_action_series_id_meeting_series FOREIGN KEY(series_id) REFERENCES meeting_series (id),
    CONSTRAINT fk_action_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_action_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id),
    CONSTRAINT fk_action_owner_unit_id_unit FOREIGN KEY(owner_unit_id) REFERENCES unit (id)
)

CREATE TABLE agenda_item (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    meeting_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    title VARCHAR(200) NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    leader_id BIGINT,
    leader VARCHAR(40) NOT NULL,
    minutes INTEGER NOT NULL,
    notes TEXT NOT NULL,
    evidence JSONB NOT NULL,
    is_removed BOOLEAN NOT NULL,
    CONSTRAINT pk_agenda_item PRIMARY KEY (id),
    CONSTRAINT uq_agenda_item_meeting_id_kind_subject UNIQUE (meeting_id, kind, subject),
    CONSTRAINT uq_agenda_item_key UNIQUE (key),
    CONSTRAINT fk_agenda_item_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_agenda_item_leader_id_person FOREIGN KEY(leader_id) REFERENCES person (id)
)

CREATE TABLE agreement_hold (
    id BIGSERIAL NOT NULL,
    version_id BIGINT NOT NULL,
    kind VARCHAR(24) NOT NULL,
    reason VARCHAR(24) NOT NULL,
    CONSTRAINT pk_agreement_hold PRIMARY KEY (id),
    CONSTRAINT uq_agreement_hold_version_id_kind_reason UNIQUE (version_id, kind, reason),
    CONSTRAINT fk_agreement_hold_version_id_agreement_version FOREIGN KEY(version_id) REFERENCES agreement_version (id)
)

CREATE TABLE agreement_target (
    id BIGSERIAL NOT NULL,
    version_id BIGINT NOT NULL,
    kind VARCHAR(24) NOT NULL,
    priority INTEGER,
    target_s INTEGER NOT NULL,
    CONSTRAINT pk_agreement_target PRIMARY KEY (id),
    CONSTRAINT uq_agreement_target_version_id_kind_priority UNIQUE (version_id, kind, priority),
    CONSTRAINT fk_agreement_target_version_id_agreement_version FOREIGN KEY(version_id) REFERENCES agreement_version (id)
)

CREATE TABLE clock (
    id BIGSERIAL NOT NULL,
    request_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(24) NOT NULL,
    unit_id BIGINT NOT NULL,
    for_unit_id BIGINT NOT NULL,
    version_id BIGINT NOT NULL,
    calendar_id BIGINT NOT NULL,
    target_s INTEGER NOT NULL,
    warn_share DOUBLE PRECISION NOT NULL,
    used_s INTEGER NOT NULL,
    state VARCHAR(24) NOT NULL,
    pending VARCHAR(24),
    is_void BOOLEAN NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    running_since TIMESTAMP WITH TIME ZONE,
    due_at TIMESTAMP WITH TIME ZONE,
    at_risk_at TIMESTAMP WITH TIME ZONE,
    breached_at TIMESTAMP WITH TIME ZONE,
    stopped_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_clock PRIMARY KEY (id),
    CONSTRAINT uq_clock_request_id_position UNIQUE (request_id, position),
    CONSTRAINT fk_clock_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_clock_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_clock_for_unit_id_unit FOREIGN KEY(for_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_clock_version_id_agreement_version FOREIGN KEY(version_id) REFERENCES agreement_version (id),
    CONSTRAINT fk_clock_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE INDEX ix_clock_pair ON clock (unit_id, for_unit_id, kind, started_at)

CREATE TABLE journal_entry (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    request_id BIGINT,
    meeting_id BIGINT,
    seq INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor_id BIGINT,
    unit_id BIGINT,
    audience VARCHAR(24) NOT NULL,
    text TEXT NOT NULL,
    changes JSONB NOT NULL,
    details JSONB NOT NULL,
    CONSTRAINT pk_journal_entry PRIMARY KEY (id),
    CONSTRAINT uq_journal_entry_request_id_seq UNIQUE (request_id, seq),
    CONSTRAINT uq_journal_entry_key UNIQUE (key),
    CONSTRAINT fk_journal_entry_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_journal_entry_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_journal_entry_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id),
    CONSTRAINT fk_journal_entry_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE INDEX ix_journal_entry_meeting_id ON journal_entry (meeting_id)

CREATE TABLE request_search (
    request_id bigint PRIMARY KEY REFERENCES request (id) ON DELETE CASCADE,
    text text NOT NULL,
    words tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(text, ' '))) STORED
)

CREATE INDEX ix_request_search_words ON request_search USING gin (words)

CREATE FUNCTION journal_entry_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$BEGIN RAISE EXCEPTION 'the journal is append-only'; END$$

CREATE TRIGGER journal_entry_no_change BEFORE UPDATE OR DELETE ON journal_entry
FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()

CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse()

ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_entry_no_change

ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_entry_no_truncate

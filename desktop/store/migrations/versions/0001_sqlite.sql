CREATE TABLE calendar (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    zone VARCHAR(64) NOT NULL,
    country VARCHAR(8),
    subdivision VARCHAR(16),
    CONSTRAINT pk_calendar PRIMARY KEY (id),
    CONSTRAINT uq_calendar_key UNIQUE ("key"),
    CONSTRAINT uq_calendar_name UNIQUE (name)
)

CREATE TABLE reference_counter (
    id INTEGER NOT NULL,
    prefix VARCHAR(8) NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_reference_counter PRIMARY KEY (id),
    CONSTRAINT uq_reference_counter_prefix UNIQUE (prefix)
)

CREATE TABLE workspace (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    name VARCHAR(200) NOT NULL,
    zone VARCHAR(64) NOT NULL,
    is_demo BOOLEAN NOT NULL,
    rules_stamp INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_workspace PRIMARY KEY (id),
    CONSTRAINT uq_workspace_key UNIQUE ("key")
)

CREATE TABLE calendar_closure (
    id INTEGER NOT NULL,
    calendar_id INTEGER NOT NULL,
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
    id INTEGER NOT NULL,
    calendar_id INTEGER NOT NULL,
    weekday INTEGER NOT NULL,
    from_s INTEGER NOT NULL,
    to_s INTEGER NOT NULL,
    CONSTRAINT pk_calendar_interval PRIMARY KEY (id),
    CONSTRAINT fk_calendar_interval_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE INDEX ix_calendar_interval_calendar_id ON calendar_interval (calendar_id)

CREATE TABLE calendar_override (
    id INTEGER NOT NULL,
    calendar_id INTEGER NOT NULL,
    day DATE NOT NULL,
    from_s INTEGER NOT NULL,
    to_s INTEGER NOT NULL,
    CONSTRAINT pk_calendar_override PRIMARY KEY (id),
    CONSTRAINT fk_calendar_override_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE INDEX ix_calendar_override_calendar_id ON calendar_override (calendar_id)

CREATE TABLE unit (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    side VARCHAR(24) NOT NULL,
    prefix VARCHAR(8) NOT NULL,
    calendar_id INTEGER,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_unit PRIMARY KEY (id),
    CONSTRAINT uq_unit_key UNIQUE ("key"),
    CONSTRAINT uq_unit_name UNIQUE (name),
    CONSTRAINT fk_unit_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE TABLE person (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    email VARCHAR(200),
    unit_id INTEGER,
    is_active BOOLEAN NOT NULL,
    can_sign_in BOOLEAN NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT uq_person_key UNIQUE ("key"),
    CONSTRAINT fk_person_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE INDEX ix_person_name ON person (name)

CREATE INDEX ix_person_unit_id ON person (unit_id)

CREATE TABLE service (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL,
    synonyms JSON NOT NULL,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_service PRIMARY KEY (id),
    CONSTRAINT uq_service_unit_id_name UNIQUE (unit_id, name),
    CONSTRAINT uq_service_key UNIQUE ("key"),
    CONSTRAINT fk_service_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE TABLE agreement (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    front_unit_id INTEGER,
    back_unit_id INTEGER NOT NULL,
    service_id INTEGER,
    CONSTRAINT pk_agreement PRIMARY KEY (id),
    CONSTRAINT uq_agreement_key UNIQUE ("key"),
    CONSTRAINT fk_agreement_front_unit_id_unit FOREIGN KEY(front_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_agreement_back_unit_id_unit FOREIGN KEY(back_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_agreement_service_id_service FOREIGN KEY(service_id) REFERENCES service (id)
)

CREATE INDEX ix_agreement_back_unit_id ON agreement (back_unit_id)

CREATE TABLE form_field (
    id INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code VARCHAR(40) NOT NULL,
    label VARCHAR(200) NOT NULL,
    kind VARCHAR(24) NOT NULL,
    is_needed BOOLEAN NOT NULL,
    hint VARCHAR(400) NOT NULL,
    choices JSON NOT NULL,
    settings JSON NOT NULL,
    CONSTRAINT pk_form_field PRIMARY KEY (id),
    CONSTRAINT uq_form_field_service_id_code UNIQUE (service_id, code),
    CONSTRAINT fk_form_field_service_id_service FOREIGN KEY(service_id) REFERENCES service (id)
)

CREATE TABLE meeting_series (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    front_unit_id INTEGER NOT NULL,
    back_unit_id INTEGER NOT NULL,
    recurrence VARCHAR(200) NOT NULL,
    first_at BIGINT NOT NULL,
    zone VARCHAR(64) NOT NULL,
    minutes INTEGER NOT NULL,
    place VARCHAR(200) NOT NULL,
    chair_id INTEGER,
    minute_taker_id INTEGER,
    options JSON NOT NULL,
    CONSTRAINT pk_meeting_series PRIMARY KEY (id),
    CONSTRAINT uq_meeting_series_key UNIQUE ("key"),
    CONSTRAINT fk_meeting_series_front_unit_id_unit FOREIGN KEY(front_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_meeting_series_back_unit_id_unit FOREIGN KEY(back_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_meeting_series_chair_id_person FOREIGN KEY(chair_id) REFERENCES person (id),
    CONSTRAINT fk_meeting_series_minute_taker_id_person FOREIGN KEY(minute_taker_id) REFERENCES person (id)
)

CREATE TABLE person_role (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    role VARCHAR(24) NOT NULL,
    CONSTRAINT pk_person_role PRIMARY KEY (id),
    CONSTRAINT uq_person_role_person_id_role UNIQUE (person_id, role),
    CONSTRAINT fk_person_role_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE TABLE request (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    reference VARCHAR(40) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    service_id INTEGER,
    front_unit_id INTEGER,
    requester_id INTEGER,
    customer VARCHAR(200) NOT NULL,
    contact VARCHAR(200) NOT NULL,
    channel VARCHAR(40) NOT NULL,
    site VARCHAR(200) NOT NULL,
    topic VARCHAR(200) NOT NULL,
    body TEXT NOT NULL,
    form JSON NOT NULL,
    source JSON,
    told_text TEXT NOT NULL,
    told_due_at BIGINT,
    state VARCHAR(24) NOT NULL,
    is_open BOOLEAN NOT NULL,
    unit_id INTEGER,
    unit_since BIGINT,
    assignee_id INTEGER,
    pending VARCHAR(24),
    ball VARCHAR(24) NOT NULL,
    ball_since BIGINT NOT NULL,
    priority INTEGER,
    raised_at BIGINT NOT NULL,
    resolved_at BIGINT,
    last_at BIGINT NOT NULL,
    due_at BIGINT,
    clock_position INTEGER,
    reopens INTEGER NOT NULL,
    handovers INTEGER NOT NULL,
    returns INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    CONSTRAINT pk_request PRIMARY KEY (id),
    CONSTRAINT uq_request_key UNIQUE ("key"),
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
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    agreement_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    calendar_id INTEGER NOT NULL,
    starts VARCHAR(24) NOT NULL,
    warn_share DOUBLE NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_until BIGINT,
    CONSTRAINT pk_agreement_version PRIMARY KEY (id),
    CONSTRAINT uq_agreement_version_agreement_id_number UNIQUE (agreement_id, number),
    CONSTRAINT uq_agreement_version_key UNIQUE ("key"),
    CONSTRAINT fk_agreement_version_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id),
    CONSTRAINT fk_agreement_version_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)

CREATE TABLE hold (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    reason VARCHAR(24) NOT NULL,
    unit_id INTEGER,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    CONSTRAINT pk_hold PRIMARY KEY (id),
    CONSTRAINT uq_hold_request_id_position UNIQUE (request_id, position),
    CONSTRAINT fk_hold_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_hold_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE TABLE leg (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit_id INTEGER,
    from_unit_id INTEGER,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    named_at BIGINT,
    acted_at BIGINT,
    last_assignee_id INTEGER,
    CONSTRAINT pk_leg PRIMARY KEY (id),
    CONSTRAINT uq_leg_request_id_position UNIQUE (request_id, position),
    CONSTRAINT fk_leg_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_leg_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_leg_from_unit_id_unit FOREIGN KEY(from_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_leg_last_assignee_id_person FOREIGN KEY(last_assignee_id) REFERENCES person (id)
)

CREATE INDEX ix_leg_unit_id_started_at ON leg (unit_id, started_at)

CREATE TABLE meeting (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    series_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    starts_at BIGINT NOT NULL,
    minutes INTEGER NOT NULL,
    place VARCHAR(200) NOT NULL,
    period_start BIGINT NOT NULL,
    period_end BIGINT NOT NULL,
    state VARCHAR(24) NOT NULL,
    agenda_version INTEGER NOT NULL,
    published_at BIGINT,
    CONSTRAINT pk_meeting PRIMARY KEY (id),
    CONSTRAINT uq_meeting_series_id_number UNIQUE (series_id, number),
    CONSTRAINT uq_meeting_key UNIQUE ("key"),
    CONSTRAINT fk_meeting_series_id_meeting_series FOREIGN KEY(series_id) REFERENCES meeting_series (id)
)

CREATE TABLE series_member (
    id INTEGER NOT NULL,
    series_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    side VARCHAR(24) NOT NULL,
    part VARCHAR(100) NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_series_member PRIMARY KEY (id),
    CONSTRAINT uq_series_member_series_id_person_id UNIQUE (series_id, person_id),
    CONSTRAINT fk_series_member_series_id_meeting_series FOREIGN KEY(series_id) REFERENCES meeting_series (id),
    CONSTRAINT fk_series_member_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE TABLE action (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    series_id INTEGER NOT NULL,
    meeting_id INTEGER,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    topic VARCHAR(200) NOT NULL,
    owner_id INTEGER,
    owner_unit_id INTEGER,
    due_on DATE NOT NULL,
    state VARCHAR(24) NOT NULL,
    carried INTEGER NOT NULL,
    closed_at BIGINT,
    CONSTRAINT pk_action PRIMARY KEY (id),
    CONSTRAINT uq_action_series_id_number UNIQUE (series_id, number),
    CONSTRAINT uq_action_key UNIQUE ("key"),
    CONSTRAINT fk_action_series_id_meeting_series FOREIGN KEY(series_id) REFERENCES meeting_series (id),
    CONSTRAINT fk_action_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_action_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id),
    CONSTRAINT fk_action_owner_unit_id_unit FOREIGN KEY(owner_unit_id) REFERENCES unit (id)
)

CREATE TABLE agenda_item (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    title VARCHAR(200) NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    leader_id INTEGER,
    leader VARCHAR(40) NOT NULL,
    minutes INTEGER NOT NULL,
    notes TEXT NOT NULL,
    evidence JSON NOT NULL,
    is_removed BOOLEAN NOT NULL,
    CONSTRAINT pk_agenda_item PRIMARY KEY (id),
    CONSTRAINT uq_agenda_item_meeting_id_kind_subject UNIQUE (meeting_id, kind, subject),
    CONSTRAINT uq_agenda_item_key UNIQUE ("key"),
    CONSTRAINT fk_agenda_item_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_agenda_item_leader_id_person FOREIGN KEY(leader_id) REFERENCES person (id)
)

CREATE TABLE agreement_hold (
    id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    kind VARCHAR(24) NOT NULL,
    reason VARCHAR(24) NOT NULL,
    CONSTRAINT pk_agreement_hold PRIMARY KEY (id),
    CONSTRAINT uq_agreement_hold_version_id_kind_reason UNIQUE (version_id, kind, reason),
    CONSTRAINT fk_agreement_hold_version_id_agreement_version FOREIGN KEY(version_id) REFERENCES agreement_version (id)
)

CREATE TABLE agreement_target (
    id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    kind VARCHAR(24) NOT NULL,
    priority INTEGER,
    target_s INTEGER NOT NULL,
    CONSTRAINT pk_agreement_target PRIMARY KEY (id),
    CONSTRAINT uq_agreement_target_version_id_kind_priority UNIQUE (version_id, kind, priority),
    CONSTRAINT fk_agreement_target_version_id_agreement_version FOREIGN KEY(version_id) REFERENCES agreement_version (id)
)

CREATE TABLE clock (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(24) NOT NULL,
    unit_id INTEGER NOT NULL,
    for_unit_id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    calendar_id INTEGER NOT NULL,
    target_s INTEGER NOT NULL,
    warn_share DOUBLE NOT NULL,
    used_s INTEGER NOT NULL,
    state VARCHAR(24) NOT NULL,
    pending VARCHAR(24),
    is_void BOOLEAN NOT NULL,
    started_at BIGINT NOT NULL,
    running_since BIGINT,
    due_at BIGINT,
    at_risk_at BIGINT,
    breached_at BIGINT,
    stopped_at BIGINT,
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
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    request_id INTEGER,
    meeting_id INTEGER,
    seq INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    actor_id INTEGER,
    unit_id INTEGER,
    audience VARCHAR(24) NOT NULL,
    text TEXT NOT NULL,
    changes JSON NOT NULL,
    details JSON NOT NULL,
    CONSTRAINT pk_journal_entry PRIMARY KEY (id),
    CONSTRAINT uq_journal_entry_request_id_seq UNIQUE (request_id, seq),
    CONSTRAINT uq_journal_entry_key UNIQUE ("key"),
    CONSTRAINT fk_journal_entry_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_journal_entry_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_journal_entry_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id),
    CONSTRAINT fk_journal_entry_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE INDEX ix_journal_entry_meeting_id ON journal_entry (meeting_id)

CREATE VIRTUAL TABLE request_search USING fts5
    (text, tokenize='ascii', prefix='2 3 4')

CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END

CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END

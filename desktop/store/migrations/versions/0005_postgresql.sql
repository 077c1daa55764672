CREATE TABLE house_setting (
    id BIGSERIAL NOT NULL,
    name VARCHAR(80) NOT NULL,
    value JSONB NOT NULL,
    CONSTRAINT pk_house_setting PRIMARY KEY (id),
    CONSTRAINT uq_house_setting_name UNIQUE (name)
)

CREATE TABLE series_template (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    content JSONB NOT NULL,
    CONSTRAINT pk_series_template PRIMARY KEY (id),
    CONSTRAINT uq_series_template_key UNIQUE (key)
)

CREATE TABLE standing_item (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    series_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    title VARCHAR(200) NOT NULL,
    minutes INTEGER NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    leader_id BIGINT,
    after VARCHAR(40) NOT NULL,
    notes TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_standing_item PRIMARY KEY (id),
    CONSTRAINT uq_standing_item_key UNIQUE (key),
    CONSTRAINT fk_standing_item_series_id_meeting_series FOREIGN KEY(series_id) REFERENCES meeting_series (id),
    CONSTRAINT fk_standing_item_leader_id_person FOREIGN KEY(leader_id) REFERENCES person (id)
)

CREATE INDEX ix_standing_item_series_id ON standing_item (series_id)

CREATE TABLE obstacle (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title VARCHAR(200) NOT NULL,
    text TEXT NOT NULL,
    proposal TEXT NOT NULL,
    raised_by_id BIGINT NOT NULL,
    raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
    unit_id BIGINT NOT NULL,
    request_id BIGINT,
    service_id BIGINT,
    owing_unit_id BIGINT NOT NULL,
    owing_id BIGINT,
    answer_due_at TIMESTAMP WITH TIME ZONE,
    state VARCHAR(24) NOT NULL,
    answer TEXT NOT NULL,
    answered_by_id BIGINT,
    answered_at TIMESTAMP WITH TIME ZONE,
    merged_into_id BIGINT,
    folded TEXT NOT NULL,
    CONSTRAINT pk_obstacle PRIMARY KEY (id),
    CONSTRAINT uq_obstacle_key UNIQUE (key),
    CONSTRAINT uq_obstacle_number UNIQUE (number),
    CONSTRAINT fk_obstacle_raised_by_id_person FOREIGN KEY(raised_by_id) REFERENCES person (id),
    CONSTRAINT fk_obstacle_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_obstacle_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_obstacle_service_id_service FOREIGN KEY(service_id) REFERENCES service (id),
    CONSTRAINT fk_obstacle_owing_unit_id_unit FOREIGN KEY(owing_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_obstacle_owing_id_person FOREIGN KEY(owing_id) REFERENCES person (id),
    CONSTRAINT fk_obstacle_answered_by_id_person FOREIGN KEY(answered_by_id) REFERENCES person (id),
    CONSTRAINT fk_obstacle_merged_into_id_obstacle FOREIGN KEY(merged_into_id) REFERENCES obstacle (id)
)

CREATE INDEX ix_obstacle_request_id ON obstacle (request_id)

CREATE INDEX ix_obstacle_state ON obstacle (state)

CREATE TABLE obstacle_voice (
    id BIGSERIAL NOT NULL,
    obstacle_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    request_id BIGINT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_obstacle_voice PRIMARY KEY (id),
    CONSTRAINT uq_obstacle_voice_obstacle_id_person_id UNIQUE (obstacle_id, person_id),
    CONSTRAINT fk_obstacle_voice_obstacle_id_obstacle FOREIGN KEY(obstacle_id) REFERENCES obstacle (id),
    CONSTRAINT fk_obstacle_voice_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_obstacle_voice_request_id_request FOREIGN KEY(request_id) REFERENCES request (id)
)

CREATE TABLE improvement (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    obstacle_id BIGINT,
    title VARCHAR(200) NOT NULL,
    text TEXT NOT NULL,
    owner_id BIGINT,
    front_unit_id BIGINT,
    back_unit_id BIGINT,
    service_id BIGINT,
    measure VARCHAR(40) NOT NULL,
    baseline_from DATE NOT NULL,
    baseline_until DATE NOT NULL,
    baseline_value FLOAT,
    baseline_n INTEGER NOT NULL,
    target_value FLOAT,
    starts_on DATE NOT NULL,
    proof_on DATE NOT NULL,
    proof_value FLOAT,
    proof_n INTEGER NOT NULL,
    state VARCHAR(24) NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed_why TEXT NOT NULL,
    CONSTRAINT pk_improvement PRIMARY KEY (id),
    CONSTRAINT uq_improvement_key UNIQUE (key),
    CONSTRAINT fk_improvement_obstacle_id_obstacle FOREIGN KEY(obstacle_id) REFERENCES obstacle (id),
    CONSTRAINT fk_improvement_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id),
    CONSTRAINT fk_improvement_front_unit_id_unit FOREIGN KEY(front_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_improvement_back_unit_id_unit FOREIGN KEY(back_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_improvement_service_id_service FOREIGN KEY(service_id) REFERENCES service (id)
)

CREATE INDEX ix_improvement_obstacle_id ON improvement (obstacle_id)

CREATE TABLE agenda_item_request (
    id BIGSERIAL NOT NULL,
    agenda_item_id BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    CONSTRAINT pk_agenda_item_request PRIMARY KEY (id),
    CONSTRAINT uq_agenda_item_request_agenda_item_id_request_id UNIQUE (agenda_item_id, request_id),
    CONSTRAINT fk_agenda_item_request_agenda_item_id_agenda_item FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id),
    CONSTRAINT fk_agenda_item_request_request_id_request FOREIGN KEY(request_id) REFERENCES request (id)
)

CREATE INDEX ix_agenda_item_request_request_id ON agenda_item_request (request_id)

CREATE TABLE agenda_file (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    agenda_item_id BIGINT NOT NULL,
    content_id BIGINT NOT NULL,
    name VARCHAR(200) NOT NULL,
    media_type VARCHAR(100) NOT NULL,
    person_id BIGINT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    removed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_agenda_file PRIMARY KEY (id),
    CONSTRAINT uq_agenda_file_key UNIQUE (key),
    CONSTRAINT fk_agenda_file_agenda_item_id_agenda_item FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id),
    CONSTRAINT fk_agenda_file_content_id_file_content FOREIGN KEY(content_id) REFERENCES file_content (id),
    CONSTRAINT fk_agenda_file_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE INDEX ix_agenda_file_agenda_item_id ON agenda_file (agenda_item_id)

CREATE INDEX ix_agenda_file_content_id ON agenda_file (content_id)

CREATE TABLE raised_item (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    series_id BIGINT NOT NULL,
    title VARCHAR(200) NOT NULL,
    notes TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    raised_by_id BIGINT NOT NULL,
    raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
    request_id BIGINT,
    obstacle_id BIGINT,
    parked_from_id BIGINT,
    state VARCHAR(24) NOT NULL,
    agenda_item_id BIGINT,
    why TEXT NOT NULL,
    CONSTRAINT pk_raised_item PRIMARY KEY (id),
    CONSTRAINT uq_raised_item_key UNIQUE (key),
    CONSTRAINT fk_raised_item_series_id_meeting_series FOREIGN KEY(series_id) REFERENCES meeting_series (id),
    CONSTRAINT fk_raised_item_raised_by_id_person FOREIGN KEY(raised_by_id) REFERENCES person (id),
    CONSTRAINT fk_raised_item_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_raised_item_obstacle_id_obstacle FOREIGN KEY(obstacle_id) REFERENCES obstacle (id),
    CONSTRAINT fk_raised_item_parked_from_id_agenda_item FOREIGN KEY(parked_from_id) REFERENCES agenda_item (id),
    CONSTRAINT fk_raised_item_agenda_item_id_agenda_item FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id)
)

CREATE INDEX ix_raised_item_request_id ON raised_item (request_id)

CREATE INDEX ix_raised_item_series_id ON raised_item (series_id)

CREATE TABLE attendance (
    id BIGSERIAL NOT NULL,
    version INTEGER NOT NULL,
    meeting_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    person_id BIGINT,
    name VARCHAR(200) NOT NULL,
    side VARCHAR(24) NOT NULL,
    part VARCHAR(100) NOT NULL,
    state VARCHAR(24) NOT NULL,
    deputy_id BIGINT,
    deputy VARCHAR(200) NOT NULL,
    CONSTRAINT pk_attendance PRIMARY KEY (id),
    CONSTRAINT uq_attendance_meeting_id_position UNIQUE (meeting_id, position),
    CONSTRAINT fk_attendance_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_attendance_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_attendance_deputy_id_person FOREIGN KEY(deputy_id) REFERENCES person (id)
)

CREATE TABLE decision (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    meeting_id BIGINT NOT NULL,
    agenda_item_id BIGINT,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    by_id BIGINT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    is_withdrawn BOOLEAN NOT NULL,
    folded TEXT NOT NULL,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT uq_decision_meeting_id_number UNIQUE (meeting_id, number),
    CONSTRAINT uq_decision_key UNIQUE (key),
    CONSTRAINT fk_decision_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_decision_agenda_item_id_agenda_item FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id),
    CONSTRAINT fk_decision_by_id_person FOREIGN KEY(by_id) REFERENCES person (id)
)

CREATE INDEX ix_decision_agenda_item_id ON decision (agenda_item_id)

CREATE TABLE meeting_paper (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    kind VARCHAR(16) NOT NULL,
    number INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by_id BIGINT,
    content JSONB NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    CONSTRAINT pk_meeting_paper PRIMARY KEY (id),
    CONSTRAINT uq_meeting_paper_meeting_id_kind_number UNIQUE (meeting_id, kind, number),
    CONSTRAINT fk_meeting_paper_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_meeting_paper_by_id_person FOREIGN KEY(by_id) REFERENCES person (id)
)

CREATE TABLE addendum (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    meeting_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    agenda_item_id BIGINT,
    text TEXT NOT NULL,
    by_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_addendum PRIMARY KEY (id),
    CONSTRAINT uq_addendum_meeting_id_number UNIQUE (meeting_id, number),
    CONSTRAINT uq_addendum_key UNIQUE (key),
    CONSTRAINT fk_addendum_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_addendum_agenda_item_id_agenda_item FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id),
    CONSTRAINT fk_addendum_by_id_person FOREIGN KEY(by_id) REFERENCES person (id)
)

CREATE TABLE outgoing_mail (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    version INTEGER NOT NULL,
    meeting_id BIGINT,
    kind VARCHAR(24) NOT NULL,
    sender VARCHAR(320) NOT NULL,
    recipients JSONB NOT NULL,
    subject VARCHAR(998) NOT NULL,
    body TEXT NOT NULL,
    state VARCHAR(24) NOT NULL,
    by_id BIGINT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    tries INTEGER NOT NULL,
    next_try_at TIMESTAMP WITH TIME ZONE,
    claimed_at TIMESTAMP WITH TIME ZONE,
    sent_at TIMESTAMP WITH TIME ZONE,
    problem TEXT NOT NULL,
    refused JSONB NOT NULL,
    CONSTRAINT pk_outgoing_mail PRIMARY KEY (id),
    CONSTRAINT uq_outgoing_mail_key UNIQUE (key),
    CONSTRAINT fk_outgoing_mail_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_outgoing_mail_by_id_person FOREIGN KEY(by_id) REFERENCES person (id)
)

CREATE INDEX ix_outgoing_mail_meeting_id ON outgoing_mail (meeting_id)

CREATE INDEX ix_outgoing_mail_waiting ON outgoing_mail (next_try_at) WHERE state = 'queued'

CREATE TABLE mail_file (
    id BIGSERIAL NOT NULL,
    mail_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    media_type VARCHAR(100) NOT NULL,
    content BYTEA NOT NULL,
    CONSTRAINT pk_mail_file PRIMARY KEY (id),
    CONSTRAINT fk_mail_file_mail_id_outgoing_mail FOREIGN KEY(mail_id) REFERENCES outgoing_mail (id)
)

CREATE INDEX ix_mail_file_mail_id ON mail_file (mail_id)

CREATE TABLE session_notice (
    id BIGSERIAL NOT NULL,
    person_id BIGINT NOT NULL,
    mark VARCHAR(120) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    meeting_id BIGINT,
    action_id BIGINT,
    obstacle_id BIGINT,
    actor_id BIGINT,
    words TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_session_notice PRIMARY KEY (id),
    CONSTRAINT uq_session_notice_person_id_mark UNIQUE (person_id, mark),
    CONSTRAINT fk_session_notice_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_session_notice_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_session_notice_action_id_action FOREIGN KEY(action_id) REFERENCES action (id),
    CONSTRAINT fk_session_notice_obstacle_id_obstacle FOREIGN KEY(obstacle_id) REFERENCES obstacle (id),
    CONSTRAINT fk_session_notice_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id)
)

CREATE INDEX ix_session_notice_shown ON session_notice (person_id, at)

CREATE INDEX ix_session_notice_unread ON session_notice (person_id, at) WHERE read_at IS NULL

ALTER TABLE meeting_series ADD COLUMN link VARCHAR(500) DEFAULT '' NOT NULL

ALTER TABLE meeting_series ADD COLUMN skipped_days JSONB DEFAULT '[]' NOT NULL

ALTER TABLE meeting_series ADD COLUMN holidays VARCHAR(24) DEFAULT 'keep' NOT NULL

ALTER TABLE meeting_series ADD COLUMN ahead INTEGER DEFAULT 2 NOT NULL

ALTER TABLE meeting_series ADD COLUMN weights JSONB DEFAULT '{}' NOT NULL

ALTER TABLE meeting_series ADD COLUMN silenced_rules JSONB DEFAULT '[]' NOT NULL

ALTER TABLE meeting_series ADD COLUMN ended_at TIMESTAMP WITH TIME ZONE

ALTER TABLE series_member ADD COLUMN deputy_id BIGINT CONSTRAINT fk_series_member_deputy_id_person REFERENCES person (id)

ALTER TABLE meeting ADD COLUMN link VARCHAR(500) DEFAULT '' NOT NULL

ALTER TABLE meeting ADD COLUMN occurrence_at TIMESTAMP WITH TIME ZONE

ALTER TABLE meeting ADD COLUMN sequence INTEGER DEFAULT 0 NOT NULL

ALTER TABLE meeting ADD COLUMN cancelled_why TEXT DEFAULT '' NOT NULL

ALTER TABLE meeting ADD COLUMN begun_at TIMESTAMP WITH TIME ZONE

ALTER TABLE meeting ADD COLUMN ended_at TIMESTAMP WITH TIME ZONE

ALTER TABLE meeting ADD COLUMN item_id BIGINT

ALTER TABLE meeting ADD COLUMN item_since TIMESTAMP WITH TIME ZONE

ALTER TABLE meeting ADD COLUMN approved_at TIMESTAMP WITH TIME ZONE

ALTER TABLE meeting ADD COLUMN approved_by_id BIGINT CONSTRAINT fk_meeting_approved_by_id_person REFERENCES person (id)

ALTER TABLE meeting ADD COLUMN looked JSONB DEFAULT '{}' NOT NULL

ALTER TABLE agenda_item ADD COLUMN section VARCHAR(100) DEFAULT '' NOT NULL

ALTER TABLE agenda_item ADD COLUMN chair_notes TEXT DEFAULT '' NOT NULL

ALTER TABLE agenda_item ADD COLUMN said TEXT DEFAULT '' NOT NULL

ALTER TABLE agenda_item ADD COLUMN spent_s INTEGER DEFAULT 0 NOT NULL

ALTER TABLE agenda_item ADD COLUMN is_done BOOLEAN DEFAULT false NOT NULL

ALTER TABLE agenda_item ADD COLUMN is_parked BOOLEAN DEFAULT false NOT NULL

ALTER TABLE agenda_item ADD COLUMN folded TEXT DEFAULT '' NOT NULL

ALTER TABLE action ADD COLUMN agenda_item_id BIGINT CONSTRAINT fk_action_agenda_item_id_agenda_item REFERENCES agenda_item (id)

ALTER TABLE action ADD COLUMN request_id BIGINT CONSTRAINT fk_action_request_id_request REFERENCES request (id)

ALTER TABLE action ADD COLUMN obstacle_id BIGINT CONSTRAINT fk_action_obstacle_id_obstacle REFERENCES obstacle (id)

ALTER TABLE action ADD COLUMN given_at TIMESTAMP WITH TIME ZONE

ALTER TABLE action ADD COLUMN given_by_id BIGINT CONSTRAINT fk_action_given_by_id_person REFERENCES person (id)

ALTER TABLE action ADD COLUMN closed_by_id BIGINT CONSTRAINT fk_action_closed_by_id_person REFERENCES person (id)

ALTER TABLE action ADD COLUMN closed_why TEXT DEFAULT '' NOT NULL

ALTER TABLE action ADD COLUMN escalated_at TIMESTAMP WITH TIME ZONE

ALTER TABLE action ADD COLUMN escalated_to_id BIGINT CONSTRAINT fk_action_escalated_to_id_person REFERENCES person (id)

ALTER TABLE action ADD COLUMN folded TEXT DEFAULT '' NOT NULL

ALTER TABLE action ADD COLUMN decided_carried INTEGER DEFAULT 0 NOT NULL

ALTER TABLE action ADD COLUMN decided_why TEXT DEFAULT '' NOT NULL

CREATE INDEX ix_action_request_id ON action (request_id)

ALTER TABLE journal_entry ADD COLUMN obstacle_id BIGINT CONSTRAINT fk_journal_entry_obstacle_id_obstacle REFERENCES obstacle (id)

CREATE INDEX ix_journal_entry_obstacle_id ON journal_entry (obstacle_id) WHERE obstacle_id IS NOT NULL

CREATE INDEX ix_request_resolved_by ON request (unit_id, resolved_at, id) WHERE resolved_at IS NOT NULL

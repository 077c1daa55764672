ALTER TABLE request ADD COLUMN told_how VARCHAR(200) DEFAULT '' NOT NULL

ALTER TABLE request ADD COLUMN told_price VARCHAR(80) DEFAULT '' NOT NULL

ALTER TABLE service ADD COLUMN told_when VARCHAR(200) DEFAULT '' NOT NULL

ALTER TABLE service ADD COLUMN told_how VARCHAR(200) DEFAULT '' NOT NULL

ALTER TABLE service ADD COLUMN told_price VARCHAR(80) DEFAULT '' NOT NULL

ALTER TABLE form_field ADD COLUMN is_active BOOLEAN DEFAULT 1 NOT NULL

ALTER TABLE form_field ADD COLUMN wordings JSON DEFAULT '[]' NOT NULL

ALTER TABLE request ADD COLUMN follow_up_at BIGINT

CREATE INDEX ix_request_follow_up_at ON request (follow_up_at) WHERE follow_up_at IS NOT NULL

ALTER TABLE agreement_version ADD COLUMN reopen_days INTEGER

ALTER TABLE calendar ADD COLUMN withdrawn_at BIGINT

CREATE TABLE file_content (
    id INTEGER NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    size BIGINT NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_file_content PRIMARY KEY (id),
    CONSTRAINT uq_file_content_sha256 UNIQUE (sha256)
)

CREATE TABLE canned_text (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    text TEXT NOT NULL,
    person_id INTEGER,
    unit_id INTEGER,
    CONSTRAINT pk_canned_text PRIMARY KEY (id),
    CONSTRAINT uq_canned_text_key UNIQUE ("key"),
    CONSTRAINT fk_canned_text_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_canned_text_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE INDEX ix_canned_text_person_id ON canned_text (person_id)

CREATE INDEX ix_canned_text_unit_id ON canned_text (unit_id)

CREATE TABLE escalation (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit_id INTEGER,
    notice VARCHAR(24) NOT NULL,
    kinds JSON NOT NULL,
    tells JSON NOT NULL,
    person_id INTEGER,
    hours VARCHAR(24) NOT NULL,
    again VARCHAR(24) NOT NULL,
    again_every_s INTEGER,
    again_for_s INTEGER,
    silenced_by JSON NOT NULL,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_escalation PRIMARY KEY (id),
    CONSTRAINT uq_escalation_key UNIQUE ("key"),
    CONSTRAINT fk_escalation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_escalation_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE TABLE person_setting (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    value JSON NOT NULL,
    CONSTRAINT pk_person_setting PRIMARY KEY (id),
    CONSTRAINT uq_person_setting_person_id_name UNIQUE (person_id, name),
    CONSTRAINT fk_person_setting_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE TABLE request_template (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    service_id INTEGER NOT NULL,
    person_id INTEGER,
    unit_id INTEGER,
    content JSON NOT NULL,
    CONSTRAINT pk_request_template PRIMARY KEY (id),
    CONSTRAINT uq_request_template_key UNIQUE ("key"),
    CONSTRAINT fk_request_template_service_id_service FOREIGN KEY(service_id) REFERENCES service (id),
    CONSTRAINT fk_request_template_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_request_template_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE INDEX ix_request_template_person_id ON request_template (person_id)

CREATE INDEX ix_request_template_unit_id ON request_template (unit_id)

CREATE TABLE saved_view (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    page VARCHAR(40) NOT NULL,
    name VARCHAR(200) NOT NULL,
    person_id INTEGER NOT NULL,
    unit_id INTEGER,
    content JSON NOT NULL,
    CONSTRAINT pk_saved_view PRIMARY KEY (id),
    CONSTRAINT uq_saved_view_key UNIQUE ("key"),
    CONSTRAINT fk_saved_view_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_saved_view_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE INDEX ix_saved_view_person_id ON saved_view (person_id)

CREATE INDEX ix_saved_view_unit_id ON saved_view (unit_id)

CREATE TABLE service_check (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    service_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text VARCHAR(400) NOT NULL,
    is_needed BOOLEAN NOT NULL,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_service_check PRIMARY KEY (id),
    CONSTRAINT uq_service_check_key UNIQUE ("key"),
    CONSTRAINT fk_service_check_service_id_service FOREIGN KEY(service_id) REFERENCES service (id)
)

CREATE INDEX ix_service_check_service_id ON service_check (service_id)

CREATE TABLE trial (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    person_id INTEGER,
    at BIGINT NOT NULL,
    content JSON NOT NULL,
    CONSTRAINT pk_trial PRIMARY KEY (id),
    CONSTRAINT uq_trial_key UNIQUE ("key"),
    CONSTRAINT fk_trial_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE TABLE approval (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    round INTEGER NOT NULL,
    step INTEGER NOT NULL,
    approver_id INTEGER NOT NULL,
    delegate_id INTEGER,
    state VARCHAR(24) NOT NULL,
    question TEXT NOT NULL,
    due_at BIGINT,
    asked_by_id INTEGER NOT NULL,
    asked_at BIGINT,
    decided_by_id INTEGER,
    decided_at BIGINT,
    words TEXT NOT NULL,
    CONSTRAINT pk_approval PRIMARY KEY (id),
    CONSTRAINT uq_approval_key UNIQUE ("key"),
    CONSTRAINT fk_approval_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_approval_approver_id_person FOREIGN KEY(approver_id) REFERENCES person (id),
    CONSTRAINT fk_approval_delegate_id_person FOREIGN KEY(delegate_id) REFERENCES person (id),
    CONSTRAINT fk_approval_asked_by_id_person FOREIGN KEY(asked_by_id) REFERENCES person (id),
    CONSTRAINT fk_approval_decided_by_id_person FOREIGN KEY(decided_by_id) REFERENCES person (id)
)

CREATE INDEX ix_approval_asked ON approval (approver_id) WHERE state = 'asked'

CREATE INDEX ix_approval_request_id ON approval (request_id)

CREATE TABLE attachment (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    request_id INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    media_type VARCHAR(100) NOT NULL,
    field VARCHAR(40) NOT NULL,
    audience VARCHAR(24) NOT NULL,
    person_id INTEGER,
    unit_id INTEGER,
    at BIGINT NOT NULL,
    removed_at BIGINT,
    removed_by_id INTEGER,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT uq_attachment_key UNIQUE ("key"),
    CONSTRAINT fk_attachment_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_attachment_content_id_file_content FOREIGN KEY(content_id) REFERENCES file_content (id),
    CONSTRAINT fk_attachment_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_attachment_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_attachment_removed_by_id_person FOREIGN KEY(removed_by_id) REFERENCES person (id)
)

CREATE INDEX ix_attachment_content_id ON attachment (content_id)

CREATE INDEX ix_attachment_removed_at ON attachment (removed_at) WHERE removed_at IS NOT NULL

CREATE INDEX ix_attachment_request_id ON attachment (request_id)

CREATE TABLE presence (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    is_writing BOOLEAN NOT NULL,
    seen_at BIGINT NOT NULL,
    CONSTRAINT pk_presence PRIMARY KEY (id),
    CONSTRAINT uq_presence_request_id_person_id UNIQUE (request_id, person_id),
    CONSTRAINT fk_presence_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_presence_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE TABLE rating (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    request_id INTEGER NOT NULL,
    resolved_at BIGINT NOT NULL,
    unit_id INTEGER,
    assignee_id INTEGER,
    person_id INTEGER NOT NULL,
    is_top BOOLEAN NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_rating PRIMARY KEY (id),
    CONSTRAINT uq_rating_request_id_resolved_at UNIQUE (request_id, resolved_at),
    CONSTRAINT uq_rating_key UNIQUE ("key"),
    CONSTRAINT fk_rating_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_rating_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_rating_assignee_id_person FOREIGN KEY(assignee_id) REFERENCES person (id),
    CONSTRAINT fk_rating_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE INDEX ix_rating_unit_id ON rating (unit_id)

CREATE TABLE read_mark (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    CONSTRAINT pk_read_mark PRIMARY KEY (id),
    CONSTRAINT uq_read_mark_person_id_request_id UNIQUE (person_id, request_id),
    CONSTRAINT fk_read_mark_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_read_mark_request_id_request FOREIGN KEY(request_id) REFERENCES request (id)
)

CREATE TABLE request_check (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    check_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_request_check PRIMARY KEY (id),
    CONSTRAINT uq_request_check_request_id_check_id UNIQUE (request_id, check_id),
    CONSTRAINT fk_request_check_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_request_check_check_id_service_check FOREIGN KEY(check_id) REFERENCES service_check (id),
    CONSTRAINT fk_request_check_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE TABLE request_link (
    id INTEGER NOT NULL,
    "key" CHAR(32) NOT NULL,
    request_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    kind VARCHAR(24) NOT NULL,
    person_id INTEGER,
    at BIGINT NOT NULL,
    CONSTRAINT pk_request_link PRIMARY KEY (id),
    CONSTRAINT uq_request_link_request_id_other_id_kind UNIQUE (request_id, other_id, kind),
    CONSTRAINT uq_request_link_key UNIQUE ("key"),
    CONSTRAINT fk_request_link_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_request_link_other_id_request FOREIGN KEY(other_id) REFERENCES request (id),
    CONSTRAINT fk_request_link_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE INDEX ix_request_link_other_id ON request_link (other_id)

DROP INDEX ix_request_queue

DROP INDEX ix_clock_due_at

DROP INDEX ix_request_unfinished

CREATE INDEX ix_request_queue ON request (unit_id, due_at, id, assignee_id, service_id, front_unit_id, priority, state, ball, pending, clock_position) WHERE is_open

CREATE INDEX ix_request_front ON request (front_unit_id, due_at, id, requester_id, ball, unit_id, assignee_id, service_id, priority, state, clock_position) WHERE is_open

CREATE INDEX ix_request_open ON request (due_at, id, unit_id, assignee_id, service_id, front_unit_id, priority, state, ball, pending, clock_position) WHERE is_open

CREATE INDEX ix_request_ended ON request (front_unit_id, resolved_at, id, requester_id) WHERE state IN ('resolved', 'declined')

CREATE INDEX ix_request_last_at ON request (last_at)

CREATE INDEX ix_clock_due_at ON clock (due_at, at_risk_at, request_id, "position") WHERE running_since IS NOT NULL

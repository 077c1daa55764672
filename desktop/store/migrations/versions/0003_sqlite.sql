CREATE TABLE notice (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    mark VARCHAR(120) NOT NULL,
    kind VARCHAR(24) NOT NULL,
    clock_kind VARCHAR(24),
    unit_id INTEGER,
    actor_id INTEGER,
    due_at BIGINT,
    at BIGINT NOT NULL,
    read_at BIGINT,
    next_at BIGINT,
    CONSTRAINT pk_notice PRIMARY KEY (id),
    CONSTRAINT uq_notice_person_id_request_id_mark UNIQUE (person_id, request_id, mark),
    CONSTRAINT fk_notice_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_notice_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_notice_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_notice_actor_id_person FOREIGN KEY(actor_id) REFERENCES person (id)
)

CREATE INDEX ix_notice_next_at ON notice (next_at) WHERE next_at IS NOT NULL

CREATE INDEX ix_notice_shown ON notice (person_id, at)

CREATE INDEX ix_notice_unread ON notice (person_id, at) WHERE read_at IS NULL

CREATE TABLE notice_silence (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    until BIGINT,
    entries INTEGER,
    CONSTRAINT pk_notice_silence PRIMARY KEY (id),
    CONSTRAINT uq_notice_silence_person_id_request_id UNIQUE (person_id, request_id),
    CONSTRAINT fk_notice_silence_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_notice_silence_request_id_request FOREIGN KEY(request_id) REFERENCES request (id)
)

CREATE TABLE notice_sweep (
    id INTEGER NOT NULL,
    until BIGINT NOT NULL,
    entry_id INTEGER NOT NULL,
    rules_stamp INTEGER NOT NULL,
    CONSTRAINT pk_notice_sweep PRIMARY KEY (id)
)

CREATE INDEX ix_clock_at_risk_at ON clock (at_risk_at) WHERE running_since IS NOT NULL

CREATE INDEX ix_clock_due_at ON clock (due_at) WHERE running_since IS NOT NULL

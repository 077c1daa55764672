ALTER TABLE calendar ADD COLUMN closed_from DATE

ALTER TABLE calendar ADD COLUMN is_around_the_clock BOOLEAN DEFAULT false NOT NULL

CREATE TABLE calendar_version (
    id BIGSERIAL NOT NULL,
    calendar_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by_id BIGINT,
    spec JSONB NOT NULL,
    refunded_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_calendar_version PRIMARY KEY (id),
    CONSTRAINT uq_calendar_version_calendar_id_number UNIQUE (calendar_id, number),
    CONSTRAINT fk_calendar_version_calendar_id_calendar FOREIGN KEY(calendar_id) REFERENCES calendar (id),
    CONSTRAINT fk_calendar_version_by_id_person FOREIGN KEY(by_id) REFERENCES person (id)
)

ALTER TABLE calendar_interval ADD COLUMN valid_from DATE

ALTER TABLE calendar_override ADD COLUMN is_public_holiday BOOLEAN DEFAULT false NOT NULL

ALTER TABLE agreement_version ADD COLUMN version INTEGER DEFAULT 1 NOT NULL

ALTER TABLE agreement_version ADD COLUMN status VARCHAR(24) DEFAULT 'agreed' NOT NULL

ALTER TABLE agreement_version ADD COLUMN at_reopen VARCHAR(24) DEFAULT 'continue' NOT NULL

ALTER TABLE agreement_version ADD COLUMN at_priority VARCHAR(24) DEFAULT 'recompute' NOT NULL

ALTER TABLE agreement_version ADD COLUMN at_unit VARCHAR(24) DEFAULT 'continue' NOT NULL

ALTER TABLE agreement_version ADD COLUMN note TEXT DEFAULT '' NOT NULL

ALTER TABLE agreement_version ADD COLUMN proposed_at TIMESTAMP WITH TIME ZONE

ALTER TABLE agreement_version ADD COLUMN proposed_by_id BIGINT CONSTRAINT fk_agreement_version_proposed_by_id_person REFERENCES person (id)

ALTER TABLE agreement_version ADD COLUMN front_agreed_at TIMESTAMP WITH TIME ZONE

ALTER TABLE agreement_version ADD COLUMN front_agreed_by_id BIGINT CONSTRAINT fk_agreement_version_front_agreed_by_id_person REFERENCES person (id)

ALTER TABLE agreement_version ADD COLUMN back_agreed_at TIMESTAMP WITH TIME ZONE

ALTER TABLE agreement_version ADD COLUMN back_agreed_by_id BIGINT CONSTRAINT fk_agreement_version_back_agreed_by_id_person REFERENCES person (id)

ALTER TABLE agreement_target ADD COLUMN measure VARCHAR(24) DEFAULT 'working_time' NOT NULL

ALTER TABLE agreement_target ADD COLUMN days INTEGER

ALTER TABLE agreement_target ADD COLUMN ends VARCHAR(24)

ALTER TABLE agreement_target ADD COLUMN cutoff_s INTEGER

ALTER TABLE agreement_target ADD COLUMN restart_s INTEGER

ALTER TABLE agreement_target ADD COLUMN closed_day VARCHAR(24)

ALTER TABLE agreement_target ADD COLUMN calendar_id BIGINT CONSTRAINT fk_agreement_target_calendar_id_calendar REFERENCES calendar (id)

CREATE TABLE agreement_warning (
    id BIGSERIAL NOT NULL,
    version_id BIGINT NOT NULL,
    share DOUBLE PRECISION,
    left_s INTEGER,
    CONSTRAINT pk_agreement_warning PRIMARY KEY (id),
    CONSTRAINT fk_agreement_warning_version_id_agreement_version FOREIGN KEY(version_id) REFERENCES agreement_version (id)
)

CREATE INDEX ix_agreement_warning_version_id ON agreement_warning (version_id)

ALTER TABLE clock ADD COLUMN calendar_version INTEGER DEFAULT 1 NOT NULL

UPDATE clock SET calendar_version = (SELECT calendar.version FROM calendar WHERE calendar.id = clock.calendar_id)

ALTER TABLE journal_entry ADD COLUMN agreement_id BIGINT CONSTRAINT fk_journal_entry_agreement_id_agreement REFERENCES agreement (id)

ALTER TABLE journal_entry ADD COLUMN calendar_id BIGINT CONSTRAINT fk_journal_entry_calendar_id_calendar REFERENCES calendar (id)

CREATE INDEX ix_journal_entry_agreement_id ON journal_entry (agreement_id) WHERE agreement_id IS NOT NULL

CREATE INDEX ix_journal_entry_calendar_id ON journal_entry (calendar_id) WHERE calendar_id IS NOT NULL

ALTER TABLE calendar ALTER COLUMN is_around_the_clock DROP DEFAULT

ALTER TABLE calendar_override ALTER COLUMN is_public_holiday DROP DEFAULT

ALTER TABLE agreement_version ALTER COLUMN version DROP DEFAULT

ALTER TABLE agreement_version ALTER COLUMN status DROP DEFAULT

ALTER TABLE agreement_version ALTER COLUMN at_reopen DROP DEFAULT

ALTER TABLE agreement_version ALTER COLUMN at_priority DROP DEFAULT

ALTER TABLE agreement_version ALTER COLUMN at_unit DROP DEFAULT

ALTER TABLE agreement_version ALTER COLUMN note DROP DEFAULT

ALTER TABLE agreement_target ALTER COLUMN measure DROP DEFAULT

ALTER TABLE clock ALTER COLUMN calendar_version DROP DEFAULT

DROP INDEX ix_request_counter

CREATE INDEX ix_request_counter ON request (front_unit_id, last_at, requester_id, service_id)

CREATE INDEX ix_request_unfinished ON request (front_unit_id, requester_id) WHERE state NOT IN ('closed', 'cancelled')

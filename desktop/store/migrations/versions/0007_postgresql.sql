CREATE TABLE template_file (
    id BIGSERIAL NOT NULL,
    key UUID NOT NULL,
    template_id BIGINT,
    content_id BIGINT NOT NULL,
    name VARCHAR(200) NOT NULL,
    media_type VARCHAR(100) NOT NULL,
    field VARCHAR(40) NOT NULL,
    removed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_template_file PRIMARY KEY (id),
    CONSTRAINT uq_template_file_key UNIQUE (key),
    CONSTRAINT fk_template_file_template_id_request_template FOREIGN KEY(template_id) REFERENCES request_template (id),
    CONSTRAINT fk_template_file_content_id_file_content FOREIGN KEY(content_id) REFERENCES file_content (id)
)

CREATE INDEX ix_template_file_template_id ON template_file (template_id)

CREATE INDEX ix_template_file_content_id ON template_file (content_id)

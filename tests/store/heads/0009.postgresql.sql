CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE arrival (
	id SERIAL NOT NULL,
	channel VARCHAR(16) NOT NULL,
	key TEXT NOT NULL,
	received_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	sender TEXT,
	file_name TEXT NOT NULL,
	blob VARCHAR(64),
	size INTEGER NOT NULL,
	unit_id TEXT,
	item TEXT,
	period TEXT,
	state VARCHAR(16) NOT NULL,
	reason TEXT,
	CONSTRAINT pk_arrival PRIMARY KEY (id),
	CONSTRAINT ck_arrival_state CHECK (state IN ('new', 'filed', 'refused', 'unmatched', 'duplicate')),
	CONSTRAINT uq_arrival_channel_key UNIQUE (channel, key)
);

CREATE INDEX ix_arrival_state ON arrival (state);

CREATE TABLE decision (
	id SERIAL NOT NULL,
	plan_key VARCHAR(255) NOT NULL,
	point VARCHAR(64) NOT NULL,
	due JSON,
	units JSON,
	decided_by VARCHAR(128) NOT NULL,
	reason TEXT NOT NULL,
	decided_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_decision PRIMARY KEY (id),
	CONSTRAINT uq_decision_plan_key_point UNIQUE (plan_key, point)
);

CREATE TABLE unit (
	id VARCHAR(64) NOT NULL,
	code VARCHAR(32),
	name VARCHAR(255) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	level INTEGER NOT NULL,
	parent_id VARCHAR(64),
	short_name VARCHAR(128),
	symbol VARCHAR(32),
	standing VARCHAR(16) NOT NULL,
	valid_from DATE,
	valid_to DATE,
	CONSTRAINT pk_unit PRIMARY KEY (id),
	CONSTRAINT fk_unit_parent_id FOREIGN KEY(parent_id) REFERENCES unit (id)
);

CREATE INDEX ix_unit_parent_id ON unit (parent_id);

CREATE TABLE contact (
	id SERIAL NOT NULL,
	unit_id VARCHAR(64) NOT NULL,
	role VARCHAR(16) NOT NULL,
	name VARCHAR(255) NOT NULL,
	email VARCHAR(254) NOT NULL,
	valid_from DATE,
	valid_to DATE,
	substitute VARCHAR(254),
	unreachable_since TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_contact PRIMARY KEY (id),
	CONSTRAINT fk_contact_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT uq_contact_unit_id_role_email UNIQUE (unit_id, role, email)
);

CREATE TABLE letter (
	id SERIAL NOT NULL,
	key VARCHAR(512) NOT NULL,
	message_id VARCHAR(255) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	unit_id VARCHAR(64),
	recipient VARCHAR(254) NOT NULL,
	subject TEXT NOT NULL,
	blob VARCHAR(64) NOT NULL,
	state VARCHAR(16) NOT NULL,
	reason TEXT,
	permanent BOOLEAN,
	attempts INTEGER NOT NULL,
	queued_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	claimed_at TIMESTAMP WITHOUT TIME ZONE,
	claimed_by VARCHAR(255),
	sent_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_letter PRIMARY KEY (id),
	CONSTRAINT ck_letter_state CHECK (state IN ('queued', 'claimed', 'sent', 'failed', 'superseded')),
	CONSTRAINT fk_letter_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT uq_letter_key UNIQUE (key),
	CONSTRAINT uq_letter_message_id UNIQUE (message_id)
);

CREATE INDEX ix_letter_state ON letter (state, queued_at);

CREATE INDEX ix_letter_unit_id ON letter (unit_id);

CREATE TABLE plan (
	id SERIAL NOT NULL,
	issuer_id VARCHAR(64) NOT NULL,
	parent_id INTEGER,
	version INTEGER NOT NULL,
	number TEXT,
	symbol TEXT,
	issued_on DATE,
	year INTEGER NOT NULL,
	abstract TEXT,
	blob VARCHAR(64) NOT NULL,
	registered_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	cascaded_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_plan PRIMARY KEY (id),
	CONSTRAINT fk_plan_issuer_id FOREIGN KEY(issuer_id) REFERENCES unit (id),
	CONSTRAINT fk_plan_parent_id FOREIGN KEY(parent_id) REFERENCES plan (id),
	CONSTRAINT uq_plan_issuer_id_blob UNIQUE (issuer_id, blob),
	CONSTRAINT uq_plan_issuer_id_year_number_symbol_version UNIQUE (issuer_id, year, number, symbol, version)
);

CREATE TABLE report (
	id SERIAL NOT NULL,
	unit_id VARCHAR(64) NOT NULL,
	period VARCHAR(16) NOT NULL,
	version INTEGER NOT NULL,
	compiled_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	inputs VARCHAR(64) NOT NULL,
	word_blob VARCHAR(64) NOT NULL,
	excel_blob VARCHAR(64) NOT NULL,
	summary JSON NOT NULL,
	CONSTRAINT pk_report PRIMARY KEY (id),
	CONSTRAINT fk_report_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT uq_report_unit_id_period_inputs UNIQUE (unit_id, period, inputs),
	CONSTRAINT uq_report_unit_id_period_version UNIQUE (unit_id, period, version)
);

CREATE TABLE succession (
	predecessor VARCHAR(64) NOT NULL,
	successor VARCHAR(64) NOT NULL,
	whole BOOLEAN NOT NULL,
	CONSTRAINT pk_succession PRIMARY KEY (predecessor, successor),
	CONSTRAINT fk_succession_predecessor FOREIGN KEY(predecessor) REFERENCES unit (id),
	CONSTRAINT fk_succession_successor FOREIGN KEY(successor) REFERENCES unit (id)
);

CREATE INDEX ix_succession_successor ON succession (successor);

CREATE TABLE draft (
	id SERIAL NOT NULL,
	plan_id INTEGER NOT NULL,
	unit_id VARCHAR(64) NOT NULL,
	blob VARCHAR(64) NOT NULL,
	file_name VARCHAR(255) NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (id),
	CONSTRAINT fk_draft_plan_id FOREIGN KEY(plan_id) REFERENCES plan (id),
	CONSTRAINT fk_draft_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT uq_draft_plan_id_unit_id UNIQUE (plan_id, unit_id)
);

CREATE INDEX ix_draft_unit_id ON draft (unit_id);

CREATE TABLE obligation (
	id SERIAL NOT NULL,
	plan_id INTEGER NOT NULL,
	unit_id VARCHAR(64) NOT NULL,
	receiver_id VARCHAR(64) NOT NULL,
	item VARCHAR(32) NOT NULL,
	period VARCHAR(16) NOT NULL,
	clause TEXT NOT NULL,
	phrase TEXT NOT NULL,
	basis VARCHAR(8) NOT NULL,
	opens_on DATE,
	due_on DATE,
	due_at TIME WITHOUT TIME ZONE,
	state VARCHAR(16) NOT NULL,
	first_received_at TIMESTAMP WITHOUT TIME ZONE,
	met_at TIMESTAMP WITHOUT TIME ZONE,
	next_rung_on DATE,
	CONSTRAINT pk_obligation PRIMARY KEY (id),
	CONSTRAINT ck_obligation_basis CHECK (basis IN ('issue', 'receipt')),
	CONSTRAINT fk_obligation_plan_id FOREIGN KEY(plan_id) REFERENCES plan (id),
	CONSTRAINT fk_obligation_receiver_id FOREIGN KEY(receiver_id) REFERENCES unit (id),
	CONSTRAINT fk_obligation_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT uq_obligation_plan_id_unit_id_item_period UNIQUE (plan_id, unit_id, item, period)
);

CREATE INDEX ix_obligation_receiver_id_period ON obligation (receiver_id, period, item);

CREATE INDEX ix_obligation_state_next_rung_on ON obligation (state, next_rung_on);

CREATE INDEX ix_obligation_unit_id ON obligation (unit_id);

CREATE TABLE reminder (
	id SERIAL NOT NULL,
	obligation_id INTEGER NOT NULL,
	rung VARCHAR(16) NOT NULL,
	recipient VARCHAR(254) NOT NULL,
	letter_id INTEGER,
	reason TEXT,
	on_day DATE NOT NULL,
	CONSTRAINT pk_reminder PRIMARY KEY (id),
	CONSTRAINT fk_reminder_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id),
	CONSTRAINT fk_reminder_obligation_id FOREIGN KEY(obligation_id) REFERENCES obligation (id),
	CONSTRAINT uq_reminder_obligation_id_rung_recipient UNIQUE (obligation_id, rung, recipient)
);

CREATE INDEX ix_reminder_letter_id ON reminder (letter_id);

CREATE TABLE submission (
	id SERIAL NOT NULL,
	obligation_id INTEGER NOT NULL,
	arrival_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	received_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	issued_on DATE,
	reference TEXT,
	blob VARCHAR(64) NOT NULL,
	days_late INTEGER NOT NULL,
	state VARCHAR(16) NOT NULL,
	findings JSON NOT NULL,
	reviewed_at TIMESTAMP WITHOUT TIME ZONE,
	reviewed_by VARCHAR(128),
	reason TEXT,
	CONSTRAINT pk_submission PRIMARY KEY (id),
	CONSTRAINT ck_submission_state CHECK (state IN ('received', 'accepted', 'returned', 'superseded')),
	CONSTRAINT fk_submission_arrival_id FOREIGN KEY(arrival_id) REFERENCES arrival (id),
	CONSTRAINT fk_submission_obligation_id FOREIGN KEY(obligation_id) REFERENCES obligation (id),
	CONSTRAINT uq_submission_arrival_id UNIQUE (arrival_id),
	CONSTRAINT uq_submission_obligation_id_blob UNIQUE (obligation_id, blob),
	CONSTRAINT uq_submission_obligation_id_version UNIQUE (obligation_id, version)
);

CREATE TABLE figure (
	submission_id INTEGER NOT NULL,
	indicator VARCHAR(64) NOT NULL,
	number FLOAT,
	text TEXT,
	evidence TEXT,
	CONSTRAINT pk_figure PRIMARY KEY (submission_id, indicator),
	CONSTRAINT fk_figure_submission_id FOREIGN KEY(submission_id) REFERENCES submission (id)
);

CREATE TABLE report_source (
	report_id INTEGER NOT NULL,
	obligation_id INTEGER NOT NULL,
	submission_id INTEGER,
	days_late INTEGER,
	CONSTRAINT pk_report_source PRIMARY KEY (report_id, obligation_id),
	CONSTRAINT fk_report_source_obligation_id FOREIGN KEY(obligation_id) REFERENCES obligation (id),
	CONSTRAINT fk_report_source_report_id FOREIGN KEY(report_id) REFERENCES report (id),
	CONSTRAINT fk_report_source_submission_id FOREIGN KEY(submission_id) REFERENCES submission (id)
);

CREATE TABLE absence (
	id SERIAL NOT NULL,
	email VARCHAR(254) NOT NULL,
	from_on DATE NOT NULL,
	until_on DATE NOT NULL,
	substitute VARCHAR(254),
	decided_by VARCHAR(128) NOT NULL,
	reason TEXT NOT NULL,
	decided_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_absence PRIMARY KEY (id),
	CONSTRAINT uq_absence_email_from_on_until_on UNIQUE (email, from_on, until_on)
);

CREATE INDEX ix_absence_email ON absence (email);

CREATE TABLE fingerprint (
	name VARCHAR(64) NOT NULL,
	digest VARCHAR(64) NOT NULL,
	CONSTRAINT pk_fingerprint PRIMARY KEY (name)
);

CREATE TABLE suspension (
	id SERIAL NOT NULL,
	plan_id INTEGER,
	unit_id VARCHAR(64),
	from_on DATE NOT NULL,
	until_on DATE,
	decided_by VARCHAR(128) NOT NULL,
	reason TEXT NOT NULL,
	decided_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	lifted_on DATE,
	lifted_by VARCHAR(128),
	lifted_reason TEXT,
	CONSTRAINT pk_suspension PRIMARY KEY (id),
	CONSTRAINT fk_suspension_plan_id FOREIGN KEY(plan_id) REFERENCES plan (id),
	CONSTRAINT fk_suspension_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
);

CREATE TABLE ruling (
	id SERIAL NOT NULL,
	obligation_id INTEGER NOT NULL,
	kind VARCHAR(16) NOT NULL,
	due_before DATE,
	due_after DATE,
	state_before VARCHAR(16) NOT NULL,
	decided_by VARCHAR(128) NOT NULL,
	reason TEXT NOT NULL,
	decided_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_ruling PRIMARY KEY (id),
	CONSTRAINT ck_ruling_kind CHECK (kind IN ('extension', 'waiver')),
	CONSTRAINT fk_ruling_obligation_id FOREIGN KEY(obligation_id) REFERENCES obligation (id)
);

CREATE INDEX ix_ruling_obligation_id ON ruling (obligation_id);

ALTER TABLE contact ADD COLUMN asked_on DATE;

ALTER TABLE contact ADD COLUMN confirmed_on DATE;

ALTER TABLE letter ADD COLUMN retry_at TIMESTAMP WITHOUT TIME ZONE;

ALTER TABLE letter ADD COLUMN returned_at TIMESTAMP WITHOUT TIME ZONE;

CREATE INDEX ix_letter_sent_at ON letter (sent_at);

ALTER TABLE obligation ADD COLUMN extended_from DATE;

CREATE TABLE audit (
	number INTEGER NOT NULL,
	at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	by TEXT NOT NULL,
	act VARCHAR(32) NOT NULL,
	subject VARCHAR(16) NOT NULL,
	subject_id INTEGER NOT NULL,
	reason TEXT,
	details JSON NOT NULL,
	previous VARCHAR(64) NOT NULL,
	seal VARCHAR(64) NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (number),
	CONSTRAINT uq_audit_previous UNIQUE (previous)
);

CREATE INDEX ix_audit_subject ON audit (subject, subject_id);

CREATE TABLE submission_file (
	submission_id INTEGER NOT NULL,
	arrival_id INTEGER NOT NULL,
	blob VARCHAR(64) NOT NULL,
	part VARCHAR(16) NOT NULL,
	CONSTRAINT pk_submission_file PRIMARY KEY (submission_id, arrival_id),
	CONSTRAINT fk_submission_file_arrival_id FOREIGN KEY(arrival_id) REFERENCES arrival (id),
	CONSTRAINT fk_submission_file_submission_id FOREIGN KEY(submission_id) REFERENCES submission (id)
);

CREATE INDEX ix_submission_file_arrival_id ON submission_file (arrival_id);

ALTER TABLE arrival ADD COLUMN quarantined BOOLEAN DEFAULT false NOT NULL;

ALTER TABLE obligation ADD COLUMN resend_by DATE;

ALTER TABLE submission ADD COLUMN held BOOLEAN DEFAULT false NOT NULL;

ALTER TABLE submission ADD COLUMN after_report_id INTEGER;

ALTER TABLE submission DROP CONSTRAINT uq_submission_arrival_id;

CREATE INDEX ix_submission_arrival_id ON submission (arrival_id);

ALTER TABLE submission ADD CONSTRAINT fk_submission_after_report_id FOREIGN KEY(after_report_id) REFERENCES report (id);

CREATE TABLE link_generation (
	subject VARCHAR(160) NOT NULL,
	generation INTEGER NOT NULL,
	decided_by VARCHAR(128) NOT NULL,
	reason TEXT NOT NULL,
	decided_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_link_generation PRIMARY KEY (subject)
);

CREATE TABLE contact_request (
	id SERIAL NOT NULL,
	unit_id VARCHAR(64) NOT NULL,
	replaces INTEGER,
	name VARCHAR(128) NOT NULL,
	email VARCHAR(254) NOT NULL,
	stated_by VARCHAR(260) NOT NULL,
	requested_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	state VARCHAR(16) NOT NULL,
	decided_by VARCHAR(128),
	decided_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_contact_request PRIMARY KEY (id),
	CONSTRAINT ck_contact_request_state CHECK (state IN ('waiting', 'confirmed', 'declined')),
	CONSTRAINT fk_contact_request_replaces FOREIGN KEY(replaces) REFERENCES contact (id),
	CONSTRAINT fk_contact_request_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
);

CREATE INDEX ix_contact_request_unit_id_state ON contact_request (unit_id, state);

CREATE TABLE form_draft (
	obligation_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	fields JSON NOT NULL,
	saved_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_form_draft PRIMARY KEY (obligation_id),
	CONSTRAINT fk_form_draft_obligation_id FOREIGN KEY(obligation_id) REFERENCES obligation (id)
);

CREATE TABLE upload (
	id SERIAL NOT NULL,
	arrival_id INTEGER NOT NULL,
	obligation_id INTEGER NOT NULL,
	batch VARCHAR(32) NOT NULL,
	name VARCHAR(128) NOT NULL,
	post VARCHAR(128) NOT NULL,
	uploaded_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_upload PRIMARY KEY (id),
	CONSTRAINT fk_upload_arrival_id FOREIGN KEY(arrival_id) REFERENCES arrival (id),
	CONSTRAINT fk_upload_obligation_id FOREIGN KEY(obligation_id) REFERENCES obligation (id)
);

CREATE INDEX ix_upload_arrival_id ON upload (arrival_id);

CREATE INDEX ix_upload_obligation_id ON upload (obligation_id);

ALTER TABLE plan ADD COLUMN replaces_id INTEGER;

ALTER TABLE plan ADD COLUMN relation VARCHAR(16);

ALTER TABLE plan ADD CONSTRAINT fk_plan_replaces_id FOREIGN KEY(replaces_id) REFERENCES plan (id);

CREATE TABLE message (
	id SERIAL NOT NULL,
	identity VARCHAR(64) NOT NULL,
	message_id TEXT,
	sender TEXT,
	subject TEXT NOT NULL,
	received_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	size INTEGER NOT NULL,
	blob VARCHAR(64),
	kind VARCHAR(16) NOT NULL,
	verdict VARCHAR(8) NOT NULL,
	reason TEXT,
	CONSTRAINT pk_message PRIMARY KEY (id),
	CONSTRAINT ck_message_verdict CHECK (verdict IN ('done', 'review')),
	CONSTRAINT uq_message_identity UNIQUE (identity)
);

CREATE INDEX ix_message_message_id ON message (message_id);

CREATE TABLE message_place (
	key TEXT NOT NULL,
	message_id INTEGER NOT NULL,
	CONSTRAINT pk_message_place PRIMARY KEY (key),
	CONSTRAINT fk_message_place_message_id FOREIGN KEY(message_id) REFERENCES message (id)
);

CREATE INDEX ix_message_place_message_id ON message_place (message_id);

CREATE TABLE fetched (
	name VARCHAR(64) NOT NULL,
	etag TEXT,
	last_modified TEXT,
	at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_fetched PRIMARY KEY (name)
);

CREATE TABLE publication (
	id SERIAL NOT NULL,
	unit_id VARCHAR(64) NOT NULL,
	identity VARCHAR(64) NOT NULL,
	link TEXT NOT NULL,
	guid TEXT,
	title TEXT NOT NULL,
	published_on DATE,
	source TEXT NOT NULL,
	first_seen_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	last_seen_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_publication PRIMARY KEY (id),
	CONSTRAINT fk_publication_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT uq_publication_unit_id_identity UNIQUE (unit_id, identity)
);

CREATE INDEX ix_publication_unit_id_published_on ON publication (unit_id, published_on);

CREATE TABLE publication_month (
	unit_id VARCHAR(64) NOT NULL,
	period VARCHAR(16) NOT NULL,
	quota INTEGER,
	count INTEGER,
	undated INTEGER NOT NULL,
	checked_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	reached_at TIMESTAMP WITHOUT TIME ZONE,
	why TEXT,
	obligation_id INTEGER,
	final_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_publication_month PRIMARY KEY (unit_id, period),
	CONSTRAINT fk_publication_month_obligation_id FOREIGN KEY(obligation_id) REFERENCES obligation (id),
	CONSTRAINT fk_publication_month_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
);

CREATE INDEX ix_publication_month_obligation_id ON publication_month (obligation_id);

CREATE INDEX ix_publication_month_period ON publication_month (period);

CREATE TABLE allowance (
	key VARCHAR(200) NOT NULL,
	whole_at BIGINT NOT NULL,
	CONSTRAINT pk_allowance PRIMARY KEY (key)
);

CREATE TABLE wording (
	blob VARCHAR(64) NOT NULL,
	runs BYTEA NOT NULL,
	CONSTRAINT pk_wording PRIMARY KEY (blob)
);

INSERT INTO alembic_version (version_num) VALUES ('0009');

CREATE TABLE owners (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    first_name TEXT NOT NULL,
    last_name  TEXT NOT NULL,
    address    TEXT NOT NULL,
    city       TEXT NOT NULL,
    telephone  TEXT NOT NULL
);

CREATE TABLE types (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL
);

CREATE TABLE pets (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    type_id    INTEGER NOT NULL REFERENCES types (id),
    owner_id   INTEGER NOT NULL REFERENCES owners (id)
);
CREATE INDEX pets_owner_id ON pets (owner_id);
CREATE INDEX pets_type_id ON pets (type_id);

CREATE TABLE visits (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    pet_id      INTEGER NOT NULL REFERENCES pets (id),
    visit_date  TEXT NOT NULL,
    description TEXT NOT NULL
);
CREATE INDEX visits_pet_id ON visits (pet_id);

CREATE TABLE vets (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    first_name TEXT NOT NULL,
    last_name  TEXT NOT NULL
);

CREATE TABLE specialties (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL
);

CREATE TABLE vet_specialties (
    vet_id       INTEGER NOT NULL REFERENCES vets (id),
    specialty_id INTEGER NOT NULL REFERENCES specialties (id),
    PRIMARY KEY (vet_id, specialty_id)
);
CREATE INDEX vet_specialties_specialty_id ON vet_specialties (specialty_id);

CREATE TABLE users (
    username TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    enabled  INTEGER NOT NULL
);

CREATE TABLE roles (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL REFERENCES users (username),
    role     TEXT NOT NULL,
    UNIQUE (username, role)
);

package dev.baton.persistence.schema;

import slick.jdbc.H2Profile$;
import slick.jdbc.JdbcProfile;
import slick.jdbc.PostgresProfile$;

/** The kinds of database that Baton runs on. */
public enum Dialect {
    /** Embedded, in a file, for one node. */
    H2("h2"),
    POSTGRESQL("postgresql");

    private final String directory;

    Dialect(String directory) {
        this.directory = directory;
    }

    String migrations() {
        return "classpath:db/migration/" + directory;
    }

    JdbcProfile slickProfile() {
        return this == H2 ? H2Profile$.MODULE$ : PostgresProfile$.MODULE$;
    }

    /** The statement that tells the database's clock. */
    public String now() {
        return this == H2 ? "select current_timestamp" : "select clock_timestamp()";
    }
}

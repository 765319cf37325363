/** Tests of the database, and the databases that all tests may use. */
@NullMarked
package dev.baton.persistence.schema;

import org.jspecify.annotations.NullMarked;

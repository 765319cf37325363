/** Tests of the sweeper against a database that is a few values. */
@NullMarked
package dev.baton.runner.takeover;

import org.jspecify.annotations.NullMarked;

/** A model that says what a test wants it to. */
@NullMarked
package dev.baton.runner.model;

import org.jspecify.annotations.NullMarked;

/** Tests of runners, and the fakes that others may use in theirs. */
@NullMarked
package dev.baton.runner;

import org.jspecify.annotations.NullMarked;

/** Tests of the part buffer. */
@NullMarked
package dev.baton.runner.episode;

import org.jspecify.annotations.NullMarked;

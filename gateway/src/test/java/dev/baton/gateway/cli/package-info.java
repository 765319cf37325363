/** Tests of the command, in front of a scripted API. */
@NullMarked
package dev.baton.gateway.cli;

import org.jspecify.annotations.NullMarked;

/** The client against nodes that do what a script says. */
@NullMarked
package dev.baton.client;

import org.jspecify.annotations.NullMarked;

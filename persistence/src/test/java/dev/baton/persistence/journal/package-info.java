/** Tests of the journal's forms and of the chat entity. */
@NullMarked
package dev.baton.persistence.journal;

import org.jspecify.annotations.NullMarked;

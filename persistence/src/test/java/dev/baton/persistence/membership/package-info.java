/** Tests of the nodes' own table, on both databases. */
@NullMarked
package dev.baton.persistence.membership;

import org.jspecify.annotations.NullMarked;

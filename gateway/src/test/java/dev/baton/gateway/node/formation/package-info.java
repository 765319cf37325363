/** Tests of how nodes find each other by the database. */
@NullMarked
package dev.baton.gateway.node.formation;

import org.jspecify.annotations.NullMarked;

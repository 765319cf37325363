@NullMarked
package dev.baton.gateway.node.death;

import org.jspecify.annotations.NullMarked;

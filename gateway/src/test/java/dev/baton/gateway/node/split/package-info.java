@NullMarked
package dev.baton.gateway.node.split;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.baton.gateway.node.pause;

import org.jspecify.annotations.NullMarked;

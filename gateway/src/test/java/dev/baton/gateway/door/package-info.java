@NullMarked
package dev.baton.gateway.door;

import org.jspecify.annotations.NullMarked;

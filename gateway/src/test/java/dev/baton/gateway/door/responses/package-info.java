@NullMarked
package dev.baton.gateway.door.responses;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.baton.persistence.downed;

import org.jspecify.annotations.NullMarked;

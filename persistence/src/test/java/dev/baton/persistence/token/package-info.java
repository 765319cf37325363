@NullMarked
package dev.baton.persistence.token;

import org.jspecify.annotations.NullMarked;

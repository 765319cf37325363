/** Tests of tasks: each runs against chats in memory, a real part buffer and a scripted model. */
@NullMarked
package dev.baton.runner.task;

import org.jspecify.annotations.NullMarked;

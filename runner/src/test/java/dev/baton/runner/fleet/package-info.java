/** Tests of the whole: real supervisors, runners, tasks and buffers, against chats in memory and a scripted model. */
@NullMarked
package dev.baton.runner.fleet;

import org.jspecify.annotations.NullMarked;

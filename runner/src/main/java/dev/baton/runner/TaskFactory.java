package dev.baton.runner;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Fence;

/** Makes the tasks that act for runners. A task stops when its work is committed or no longer its own. */
public interface TaskFactory {

    /** Does one round of a turn: one call of the model, or what an earlier one left to do. */
    Behavior<?> generation(Work work);

    /** Commits what was said before the cut. */
    Behavior<?> interrupt(Work work);

    /** Gives up on the client's tools when their time is over. */
    Behavior<?> actionTimeout(Work work);

    /** Lets go of the chat. */
    Behavior<?> release(Work work);

    /** Gives the chat, whose work has just been cut, to a node that stays. */
    Behavior<?> handOver(Work work);

    /** What a task is started for. */
    record Work(Epoch epoch, ChatHint hint, ActorRef<ChatRunner.FromTask> runner) {
        public ChatId chat() {
            return hint.chat();
        }

        public Fence fence() {
            return epoch.fence(hint);
        }
    }
}

package dev.baton.persistence.journal;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.Decider;
import java.time.Clock;

/**
 * What a node lends to the chats that stand on it. {@code place}: who runs them; {@code observer}: is told what each of them is after each commit;
 * {@code rows}: brings the commits to the read side.
 */
public record ChatHost(
        RunnerPlace place,
        Clock clock,
        Decider decider,
        ActorRef<ChatHint> observer,
        CommitListener rows,
        ChatSettings settings) {}

package dev.baton.runner.episode;

import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.parts.PartSettings.Publish;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.episode.PartBuffer.Ack;
import dev.baton.runner.episode.PartBuffer.Opening;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.List;

/** A part buffer with room for three parts of one character an episode, on a log in memory. */
abstract class PartBufferScene {
    static final EpisodeKey KEY = new EpisodeKey(chat(1), 5, 1);
    static final EpisodeKey OTHER = new EpisodeKey(chat(1), 5, 2);
    /** Room for three parts of one character. */
    static final RunnerSettings.Episode SMALL =
            new RunnerSettings.Episode(200, SETTINGS.episode().grace());

    final MemoryPartLog log = new MemoryPartLog();
    final BehaviorTestKit<PartBuffer.Command> buffer = buffer(Publish.DURABLE);
    final TestInbox<Pulled> puller = TestInbox.create("puller");
    final TestInbox<Opening> opener = TestInbox.create("opener");
    final TestInbox<Pulled> otherPuller = TestInbox.create("other-puller");

    BehaviorTestKit<PartBuffer.Command> buffer(Publish publish) {
        return BehaviorTestKit.create(PartBuffer.create(log, publish, SMALL, count -> {}));
    }

    /** The log answers the buffer's own mailbox. */
    static void tell(BehaviorTestKit<PartBuffer.Command> to, PartBuffer.Command command) {
        to.run(command);
        runAll(to);
    }

    static void runAll(BehaviorTestKit<PartBuffer.Command> to) {
        while (to.selfInbox().hasMessages()) {
            to.runOne();
        }
    }

    Opening open(EpisodeKey key) {
        tell(buffer, new PartBuffer.Open(key, 1, opener.getRef()));
        return opener.receiveMessage();
    }

    Ack append(EpisodeKey key, String... pieces) {
        TestInbox<Ack> inbox = TestInbox.create();
        tell(buffer, new PartBuffer.Append(key, texts(pieces), null, inbox.getRef()));
        return inbox.receiveMessage();
    }

    void close(EpisodeKey key) {
        buffer.run(new PartBuffer.Close(key));
    }

    void pull(EpisodeKey key, long afterSeq, TestInbox<Pulled> inbox) {
        buffer.run(new PartBuffer.Pull(key, afterSeq, inbox.getRef()));
    }

    Pulled pullNow(EpisodeKey key, long afterSeq) {
        TestInbox<Pulled> inbox = TestInbox.create();
        pull(key, afterSeq, inbox);
        return inbox.receiveMessage();
    }

    Pulled peek(EpisodeKey key, long afterSeq) {
        TestInbox<Pulled> inbox = TestInbox.create();
        buffer.run(new PartBuffer.Peek(key, afterSeq, inbox.getRef()));
        return inbox.receiveMessage();
    }

    List<Part> collect(EpisodeKey key) {
        TestInbox<PartBuffer.Collected> inbox = TestInbox.create();
        buffer.run(new PartBuffer.Collect(key, inbox.getRef()));
        return inbox.receiveMessage().parts();
    }

    void sweep() {
        buffer.run(new PartBuffer.Sweep());
    }

    static Pulled.Parts parts(EpisodeKey key, long firstSeq, String... pieces) {
        return new Pulled.Parts(key, firstSeq, texts(pieces));
    }

    static List<Part> texts(String... pieces) {
        return List.of(pieces).stream().<Part>map(Part.Text::new).toList();
    }

    static <T> ActorRef<T> ignore() {
        return TestInbox.<T>create().getRef();
    }
}

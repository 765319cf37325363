package dev.baton.runner.task;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Source;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.model.FakeModel;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of an answer may come by itself, long after the last word, and the stream ends before that end is logged. */
class LateEndTest {
    private final TaskFixture fixture = new TaskFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void theAnswerIsWhole() {
        var end = new CompletableFuture<ModelEvent>();
        fixture.model.then(Source.<ModelEvent>single(new ModelEvent.Streamed(FakeModel.text("late")))
                .concat(Source.completionStage(end)));
        EpisodeKey episode = fixture.state().episode();
        ActorRef<?> task = fixture.start(Generation.create(fixture.work(), fixture.tasks()));
        fixture.awaitParts(episode, 1);
        fixture.log.leave();
        end.complete(new ModelEvent.Finished(FinishReason.STOP, FakeModel.USAGE));
        fixture.runner.awaitAssert(() -> assertThat(fixture.model.open()).isZero());
        fixture.log.comeBack();
        fixture.runner.expectTerminated(task);
        assertThat(fixture.last().content()).containsExactly(new Part.Text("late"));
        assertThat(fixture.model.requests()).hasSize(1);
    }
}

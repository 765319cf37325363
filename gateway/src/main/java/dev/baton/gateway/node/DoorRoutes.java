package dev.baton.gateway.node;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.server.Route;
import dev.baton.gateway.auth.Callers;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.DoorSettings;
import dev.baton.gateway.door.Doors;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.door.completions.CompletionsDoor;
import dev.baton.gateway.door.completions.ModelsDoor;
import dev.baton.gateway.door.messages.MessagesDoor;
import dev.baton.gateway.door.pass.Passing;
import dev.baton.gateway.door.responses.ConversationsDoor;
import dev.baton.gateway.door.responses.ResponsesDoor;
import dev.baton.gateway.door.uistream.UiStreamDoor;
import dev.baton.gateway.http.Models;
import dev.baton.gateway.http.RequestMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** All doors of a node. */
final class DoorRoutes {

    private DoorRoutes() {}

    static Route of(
            Turns turns,
            Passing passing,
            Models models,
            Callers callers,
            DoorSettings settings,
            MeterRegistry meters,
            ActorSystem<?> system) {
        var answering = new Answering(turns, settings, system);
        return new Doors(
                        List.of(
                                new ResponsesDoor(turns, answering, passing),
                                new ConversationsDoor(turns),
                                new CompletionsDoor(turns, answering, passing),
                                new MessagesDoor(turns, answering, passing),
                                new UiStreamDoor(turns, answering),
                                new ModelsDoor(models)),
                        callers,
                        settings,
                        new RequestMeter(meters, ""),
                        system)
                .route();
    }
}

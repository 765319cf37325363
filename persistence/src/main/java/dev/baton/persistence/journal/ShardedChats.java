package dev.baton.persistence.journal;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.HashCodeMessageExtractor;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityContext;
import dev.baton.persistence.chat.ChatId;
import java.util.concurrent.atomic.AtomicInteger;

/** The chats of the whole cluster, each on the node where its shard stands. */
public final class ShardedChats implements Chats {
    private final ActorSystem<?> system;
    private final ClusterSharding sharding;
    private final AtomicInteger loaded = new AtomicInteger();

    /** Reaches chats once {@link #carry} has been called; what the carried chats report to may be made with this. */
    public ShardedChats(ActorSystem<?> system) {
        this.system = system;
        this.sharding = ClusterSharding.get(system);
    }

    /**
     * Lets this node carry chats. Akka's own passivation is off: a running chat may get no message through its shard for
     * minutes, so chats say themselves when they may stop.
     */
    public void carry(ChatHost host) {
        sharding.init(Entity.of(Chat.KEY, entity -> chat(entity, host))
                .withMessageExtractor(
                        new HashCodeMessageExtractor<>(host.settings().shards()))
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
    }

    @Override
    public void tell(ChatId chat, Chat.Command command) {
        sharding.entityRefFor(Chat.KEY, chat.toString()).tell(command);
    }

    /** How many chats are in this node's memory. */
    public int loaded() {
        return loaded.get();
    }

    private Behavior<Chat.Command> chat(EntityContext<Chat.Command> entity, ChatHost host) {
        ChatId id = ChatId.parse(entity.getEntityId())
                .orElseThrow(() -> new IllegalArgumentException("entity " + entity.getEntityId() + " is no chat"));
        return Behaviors.intercept(() -> new LoadedChats(loaded), Chat.create(id, host, entity.getShard()));
    }
}

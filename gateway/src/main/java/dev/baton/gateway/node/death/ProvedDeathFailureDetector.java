package dev.baton.gateway.node.death;

import akka.event.EventStream;
import akka.remote.PhiAccrualFailureDetector;
import com.typesafe.config.Config;

/**
 * Akka's detector, which also believes a proof. Downing alone is not enough: a member that is down but still reachable is
 * not removed. Akka makes it by its name in {@code baton-node.conf} and sets its address.
 */
public final class ProvedDeathFailureDetector extends PhiAccrualFailureDetector {

    public ProvedDeathFailureDetector(Config config, EventStream events) {
        super(config, events);
    }

    @Override
    public boolean isAvailable() {
        return !ProvedDead.contains(address()) && super.isAvailable();
    }
}

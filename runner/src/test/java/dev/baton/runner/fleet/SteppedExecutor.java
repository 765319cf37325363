package dev.baton.runner.fleet;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs actors one message at a time, in an order that a seed decides.
 *
 * <p>A system cannot start and stop by hand, so until {@link #take} and after {@link #giveBack} a thread of its own does
 * the running. All dispatchers of the test's one system share the instance.
 */
public final class SteppedExecutor extends AbstractExecutorService {
    static final SteppedExecutor INSTANCE = new SteppedExecutor();

    private final List<Runnable> ready = new ArrayList<>();
    private boolean taken;

    private SteppedExecutor() {
        var thread = new Thread(this::runFreely, "stepped-executor");
        thread.setDaemon(true);
        thread.start();
    }

    /** How Akka is told of it. */
    public static final class Configurator extends ExecutorServiceConfigurator {
        public Configurator(Config config, DispatcherPrerequisites prerequisites) {
            super(config, prerequisites);
        }

        @Override
        public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threadFactory) {
            return () -> INSTANCE;
        }
    }

    private void runFreely() {
        while (true) {
            Runnable next;
            synchronized (this) {
                while (taken || ready.isEmpty()) {
                    try {
                        wait();
                    } catch (InterruptedException stop) {
                        return;
                    }
                }
                next = ready.remove(0);
            }
            next.run();
        }
    }

    /** From now on only {@link #runOne} runs anything. */
    synchronized void take() {
        taken = true;
    }

    synchronized void giveBack() {
        taken = false;
        notifyAll();
    }

    /** Runs one of what is ready; false when nothing is. */
    boolean runOne(Random random) {
        Runnable next;
        synchronized (this) {
            if (ready.isEmpty()) {
                return false;
            }
            next = ready.remove(random.nextInt(ready.size()));
        }
        next.run();
        return true;
    }

    @Override
    public synchronized void execute(Runnable command) {
        ready.add(command);
        notifyAll();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return true;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}

package dev.baton.gateway.node;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What signals do to the process: the first begins the way down, the second ends the process there and then. The JVM by
 * itself ignores every signal after the first.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final Map<String, Integer> ENDING = Map.of("TERM", 15, "INT", 2, "HUP", 1);

    /** What shells and supervisors expect of a process that a signal has ended. */
    private static final int SIGNALLED = 128;

    private static final int NONE = 0;

    private final IntConsumer exit;
    private final IntConsumer halt;
    private final AtomicInteger first = new AtomicInteger(NONE);

    /** {@code exit} runs the way down and may block for as long as that takes; {@code halt} ends the process at once. */
    Signals(IntConsumer exit, IntConsumer halt) {
        this.exit = exit;
        this.halt = halt;
    }

    /** Handles the signals of this process from now on; one that the process was started to ignore stays ignored. */
    public static void handle() {
        var signals = new Signals(System::exit, Runtime.getRuntime()::halt);
        ENDING.forEach((name, number) -> {
            try {
                handle(name, () -> signals.on(name, number));
            } catch (ReflectiveOperationException | IllegalArgumentException refused) {
                LOG.debug("SIG{} is left to the JVM: {}", name, refused.getMessage());
            }
        });
    }

    /**
     * By names, since javac warns of this class of the JDK however it is told not to, and warnings end the build. There is
     * no other way to hear of a second signal.
     */
    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        MethodHandle run = MethodHandles.lookup()
                .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                .bindTo(action);
        Object handles = MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
        try {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handles);
        } catch (InvocationTargetException reserved) {
            throw new IllegalArgumentException(String.valueOf(reserved.getCause()), reserved);
        }
    }

    /** Each signal comes on a thread of its own. The exit code is that of the first. */
    void on(String name, int number) {
        if (first.compareAndSet(NONE, number)) {
            exit.accept(SIGNALLED + number);
            return;
        }
        LOG.warn("a second signal (SIG{}) came on the way down; ending at once, as a kill would", name);
        halt.accept(SIGNALLED + first.get());
    }
}

package dev.baton.gateway.bridge.fake;

import java.io.IOException;

/** Where a scripted answer goes. */
interface FakeOut {
    void write(String text) throws IOException;

    void flush() throws IOException;

    /** Lets time pass; fails as soon as nobody wants the answer any more. */
    void pause(long nanos) throws IOException;
}

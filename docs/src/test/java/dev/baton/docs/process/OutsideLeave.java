package dev.baton.docs.process;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Has a member leave its cluster through Akka's own management, which knows nothing of Baton. */
final class OutsideLeave {
    private OutsideLeave() {}

    /** Asks the node of process {@code asked} to have the member at {@code address} leave. */
    @SuppressWarnings("BanJNDI") // JMX to a process of this test
    static void of(String address, long asked) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(asked));
            String management;
            try {
                management = machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
            try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(management))) {
                connector
                        .getMBeanServerConnection()
                        .invoke(new ObjectName("akka:type=Cluster"), "leave", new Object[] {address}, new String[] {
                            String.class.getName()
                        });
            }
        } catch (AttachNotSupportedException | JMException failure) {
            throw new IllegalStateException(failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

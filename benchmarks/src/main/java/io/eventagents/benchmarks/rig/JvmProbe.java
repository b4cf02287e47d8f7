package io.eventagents.benchmarks.rig;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.PlatformManagedObject;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads figures of another JVM on this machine over JMX. */
public final class JvmProbe implements AutoCloseable {

  private final JMXConnector connector;
  private final OperatingSystemMXBean process;
  private final ThreadMXBean threads;
  private final MemoryMXBean memory;

  private JvmProbe(JMXConnector connector) throws IOException {
    this.connector = connector;
    MBeanServerConnection beans = connector.getMBeanServerConnection();
    this.process =
        proxy(beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
    this.threads = proxy(beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    this.memory = proxy(beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
  }

  /**
   * Connects to a process.
   *
   * @throws IOException if it is not a JVM of this user
   */
  @SuppressWarnings("BanJNDI") // The address is that of a process that the benchmarks started.
  public static JvmProbe into(long processId) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(processId));
      try {
        return new JvmProbe(
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("Could not attach to the process " + processId, e);
    }
  }

  private static <T extends PlatformManagedObject> T proxy(
      MBeanServerConnection beans, String name, Class<T> type) throws IOException {
    return ManagementFactory.newPlatformMXBeanProxy(beans, name, type);
  }

  /** The resources that it has used. */
  public JvmUsage usage() {
    return new JvmUsage(process.getProcessCpuTime(), threads.getTotalThreadAllocatedBytes());
  }

  /** The size of its heap after a full collection, in bytes. */
  public long liveHeap() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}

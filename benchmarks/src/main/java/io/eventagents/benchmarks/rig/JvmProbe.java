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

/** Looks into another JVM of this machine, over JMX. */
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
   * A probe into a process.
   *
   * @throws IOException where it is no JVM of this user
   */
  @SuppressWarnings("BanJNDI") // The address is that of a process which we started.
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
      throw new IOException("The process " + processId + " cannot be looked into", e);
    }
  }

  private static <T extends PlatformManagedObject> T proxy(
      MBeanServerConnection beans, String name, Class<T> type) throws IOException {
    return ManagementFactory.newPlatformMXBeanProxy(beans, name, type);
  }

  /** What it has used. */
  public JvmUsage usage() {
    return new JvmUsage(process.getProcessCpuTime(), threads.getTotalThreadAllocatedBytes());
  }

  /** What its heap holds after a full collection, in bytes. */
  public long liveHeap() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}

package io.eventagents.notification.email;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** The open connections to the mail server. Thread-safe. */
final class SmtpConnections implements AutoCloseable {

  private final GenericObjectPool<SmtpConnection> pool;

  /**
   * @param most how many are open at a time; further callers wait
   * @param idle how long an idle one is kept
   * @param mails how many mails each may send
   * @param patience how long to wait for one
   */
  SmtpConnections(
      Callable<SmtpConnection> opener, int most, Duration idle, int mails, Duration patience) {
    GenericObjectPoolConfig<SmtpConnection> settings = new GenericObjectPoolConfig<>();
    settings.setMaxTotal(most);
    settings.setMaxIdle(most);
    settings.setMaxWait(patience);
    settings.setTestOnBorrow(true);
    settings.setTestOnReturn(true);
    settings.setMinEvictableIdleDuration(idle);
    settings.setTimeBetweenEvictionRuns(idle);
    settings.setNumTestsPerEvictionRun(most);
    settings.setJmxEnabled(false);
    this.pool = new GenericObjectPool<>(new Connections(opener, mails), settings);
  }

  /**
   * Returns a connection for the caller alone, until it is given back or dropped.
   *
   * @throws MessagingException if the server cannot be reached
   */
  SmtpConnection take() throws MessagingException {
    try {
      return pool.borrowObject();
    } catch (MessagingException e) {
      throw e;
    } catch (NoSuchElementException e) {
      throw new MessagingException("All connections are in use", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MessagingException("Interrupted while waiting for a connection", e);
    } catch (Exception e) {
      throw new MessagingException("No connection", e);
    }
  }

  void giveBack(SmtpConnection connection) {
    pool.returnObject(connection);
  }

  /** Closes a connection that failed. */
  void drop(SmtpConnection connection) {
    connection.spoil();
    // To invalidate it would open another one at once, perhaps to a server that is down.
    pool.returnObject(connection);
  }

  /** Closes the connections that are not in use. */
  void dropIdle() {
    pool.clear();
  }

  @Override
  public void close() {
    pool.close();
  }

  private static final class Connections extends BasePooledObjectFactory<SmtpConnection> {

    private final Callable<SmtpConnection> opener;
    private final int mails;

    Connections(Callable<SmtpConnection> opener, int mails) {
      this.opener = opener;
      this.mails = mails;
    }

    @Override
    public SmtpConnection create() throws Exception {
      return opener.call();
    }

    @Override
    public PooledObject<SmtpConnection> wrap(SmtpConnection connection) {
      return new DefaultPooledObject<>(connection);
    }

    @Override
    public boolean validateObject(PooledObject<SmtpConnection> connection) {
      return connection.getObject().takesAnother(mails);
    }

    @Override
    public void destroyObject(PooledObject<SmtpConnection> connection) {
      connection.getObject().close();
    }
  }
}

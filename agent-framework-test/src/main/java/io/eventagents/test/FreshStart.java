package io.eventagents.test;

import org.springframework.context.SmartLifecycle;

/**
 * Lets a context start after the events that others left on the broker; otherwise its agents would
 * handle the events of earlier tests, and send mails for them.
 */
final class FreshStart implements SmartLifecycle {

  /** After the topics are created (Integer.MIN_VALUE + 500), before anything is bound. */
  private static final int PHASE = Integer.MIN_VALUE + 600;

  private final EventTopics topics;
  private final AgentQueues queues;
  private final boolean sharedBroker;
  private volatile boolean running;

  /**
   * @param sharedBroker whether the broker is the shared one; offsets on any other broker are not
   *     changed
   */
  FreshStart(EventTopics topics, AgentQueues queues, boolean sharedBroker) {
    this.topics = topics;
    this.queues = queues;
    this.sharedBroker = sharedBroker;
  }

  @Override
  public void start() {
    running = true;
    topics.startAtEnd();
    if (!sharedBroker) {
      return;
    }
    try {
      queues.moveToEnds();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "An agent of this test is running in another context or program on the same broker, and would take some of"
              + " its events. Close that one first, and don't change spring.test.context.cache.pause.",
          e);
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}

package io.eventagents.test;

import org.springframework.context.SmartLifecycle;

/**
 * Lets a context start at the end of what others left on the broker. Otherwise its agents would
 * handle the events of earlier tests, and send mails for them.
 */
final class FreshStart implements SmartLifecycle {

  /** After the topics are made (Integer.MIN_VALUE + 500), before anything is bound. */
  private static final int PHASE = Integer.MIN_VALUE + 600;

  private final EventTopics topics;
  private final AgentQueues queues;
  private final boolean sharedBroker;
  private volatile boolean running;

  /**
   * @param sharedBroker whether the broker is the one that tests share; offsets on any other are
   *     left alone
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
          "An agent of this test is at work in another context or program on the same broker, and would take a part of"
              + " its events. Close that one first, and leave spring.test.context.cache.pause as it is.",
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

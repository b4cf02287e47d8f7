package io.eventagents.dispatch;

/** What is done with the deliveries of a batch, by the effects of the agent. */
interface Handling {

  /**
   * Handles the deliveries: each is finished or, where the batch was interrupted or its time ran
   * out, left as it is.
   */
  void handle(EventBatch batch);
}

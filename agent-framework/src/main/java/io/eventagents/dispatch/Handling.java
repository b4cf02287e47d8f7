package io.eventagents.dispatch;

/** How the deliveries of a batch are handled, depending on the effects of the agent. */
interface Handling {

  /**
   * Handles the deliveries: each is finished or, if the batch was interrupted or its time ran out,
   * left as it is.
   */
  void handle(EventBatch batch);
}

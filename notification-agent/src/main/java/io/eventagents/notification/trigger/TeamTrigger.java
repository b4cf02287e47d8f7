package io.eventagents.notification.trigger;

/** An event that is posted to a team's channel. */
public sealed interface TeamTrigger extends Trigger permits TaskCreated, TaskCompleted {}

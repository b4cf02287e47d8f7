package io.eventagents.notification.trigger;

/** What a team reads in its channel. */
public sealed interface TeamTrigger extends Trigger permits TaskCreated, TaskCompleted {}

package io.eventagents.local.inbox;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The inbox over HTTP: its page, and the stand-in for Slack that fills it. */
@Configuration(proxyBeanMethods = false)
@Import({SlackStandIn.class, InboxPage.class})
public class InboxConfiguration {}

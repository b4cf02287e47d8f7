package io.eventagents.local.inbox;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The inbox over HTTP. */
@Configuration(proxyBeanMethods = false)
@Import(InboxPage.class)
public class InboxConfiguration {}

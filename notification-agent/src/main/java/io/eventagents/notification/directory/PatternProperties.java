package io.eventagents.notification.directory;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Mail addresses that follow from the owners' ids.
 *
 * @param recipientPattern the pattern of an owner's address
 */
@ConfigurationProperties("notification.email")
record PatternProperties(@DefaultValue("{owner_id}@company.com") String recipientPattern) {}

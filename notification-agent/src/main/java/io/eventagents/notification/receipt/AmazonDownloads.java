package io.eventagents.notification.receipt;

import java.io.IOException;
import java.net.URI;

/** Reads what Amazon serves at a URL. */
@FunctionalInterface
interface AmazonDownloads {

  /**
   * The body of the response.
   *
   * @throws IOException if there is no response in time, or not one with 200 and a short body
   */
  byte[] get(URI address) throws IOException;
}

package io.eventagents.notification.receipt;

import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.template.OneLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The certificates that Amazon SNS signs with. Each is downloaded once, and only from Amazon's own
 * hosts, as an attacker would name a URL with a key of their own. Thread-safe.
 */
final class SnsCertificates {

  private static final Pattern HOST =
      Pattern.compile("sns\\.[a-z]{2,8}(-[a-z]{1,16}){1,4}-[0-9]{1,4}\\.amazonaws\\.com(\\.cn)?");
  private static final Pattern PATH =
      Pattern.compile("/SimpleNotificationService-[A-Za-z0-9]{1,100}\\.pem");
  private static final int MOST = 8;

  private final AmazonDownloads downloads;
  private final Clock clock;
  private final Map<URI, X509Certificate> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<URI, X509Certificate> eldest) {
              return size() > MOST;
            }
          });

  SnsCertificates(AmazonDownloads downloads, Clock clock) {
    this.downloads = downloads;
    this.clock = clock;
  }

  /**
   * The certificate at this URL.
   *
   * @throws ForgedReceipt if it is not one of Amazon's, or is not valid now
   * @throws DependencyUnavailable if it cannot be downloaded now
   */
  X509Certificate at(String url) throws ForgedReceipt {
    URI address = address(url);
    X509Certificate certificate = known.get(address);
    try {
      if (certificate == null) {
        // Other threads do not wait, as those with a known certificate need no download.
        certificate = parse(downloads.get(address));
        known.put(address, certificate);
      }
      certificate.checkValidity(Date.from(clock.instant()));
      return certificate;
    } catch (CertificateException e) {
      throw ForgedReceipt.signature("The certificate at " + address + " is not valid");
    } catch (NoSuchFileException e) {
      throw ForgedReceipt.signature("Amazon has no certificate at " + address);
    } catch (IOException e) {
      throw new DependencyUnavailable("Amazon SNS's certificate at " + address, e);
    }
  }

  /**
   * A URL of Amazon SNS.
   *
   * @throws ForgedReceipt if it is not one
   */
  static URI amazon(String url) throws ForgedReceipt {
    try {
      URI address = URI.create(url);
      if ("https".equals(address.getScheme())
          && address.getHost() != null
          && HOST.matcher(address.getHost()).matches()
          && address.getRawUserInfo() == null
          && (address.getPort() == -1 || address.getPort() == 443)) {
        return address;
      }
    } catch (IllegalArgumentException malformed) {
      // A malformed URL counts as a foreign one.
    }
    throw ForgedReceipt.signature(
        "'%s' is not a URL of Amazon SNS".formatted(OneLine.of(url, Receipt.LONGEST)));
  }

  private static URI address(String url) throws ForgedReceipt {
    URI address = amazon(url);
    if (!PATH.matcher(address.getRawPath()).matches() || address.getRawQuery() != null) {
      throw ForgedReceipt.signature(
          "'%s' is not the URL of an Amazon SNS certificate"
              .formatted(OneLine.of(url, Receipt.LONGEST)));
    }
    return address;
  }

  private static X509Certificate parse(byte[] pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }
}

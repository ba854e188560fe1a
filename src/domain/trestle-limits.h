/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TrestleLimit: what AWS may change one day, in one table with source and date */
typedef enum
{
  TRESTLE_LIMIT_INVOKE_BYTES,        /* largest body of InvokeEndpoint */
  TRESTLE_LIMIT_INVOKE_FREELY_BYTES, /* up to here the older limit also agrees */
  TRESTLE_LIMIT_INVOKE_SECONDS,      /* time a container has to answer */
  TRESTLE_LIMIT_PING_SECONDS,        /* the same on /ping */
  TRESTLE_LIMIT_READY_SECONDS,       /* from start to the first healthy /ping */
  TRESTLE_LIMIT_STOP_SECONDS,        /* from SIGTERM to SIGKILL */
  TRESTLE_LIMIT_ATTRIBUTES_CHARS,    /* custom attributes */
  TRESTLE_LIMIT_BATCH_BYTES,         /* one batch transform call */
  TRESTLE_LIMIT_ASYNC_BYTES,         /* one asynchronous call */
  TRESTLE_LIMIT_NAME_CHARS,          /* models, configurations, endpoints */
  TRESTLE_LIMIT_TAGS,                /* tags of a resource */

  /* a seller's listing */
  TRESTLE_LIMIT_LISTING_TITLE_CHARS,       /* a product's title */
  TRESTLE_LIMIT_LISTING_SHORT_CHARS,       /* its short description */
  TRESTLE_LIMIT_LISTING_LONG_CHARS,        /* its long description */
  TRESTLE_LIMIT_LISTING_SKU_CHARS,         /* the seller's own number */
  TRESTLE_LIMIT_LISTING_SKU_ADVISED_CHARS, /* the same, as documented */
  TRESTLE_LIMIT_LISTING_URL_CHARS,         /* addresses of logo and video */
  TRESTLE_LIMIT_LISTING_VIDEOS,
  TRESTLE_LIMIT_LISTING_HIGHLIGHTS,
  TRESTLE_LIMIT_LISTING_HIGHLIGHT_CHARS, /* one highlight */
  TRESTLE_LIMIT_LISTING_LINKS,           /* additional resources */
  TRESTLE_LIMIT_LISTING_LINK_CHARS,      /* the text of one */
  TRESTLE_LIMIT_LISTING_SUPPORT_CHARS,   /* support description */
  TRESTLE_LIMIT_LISTING_CATEGORIES,
  TRESTLE_LIMIT_LISTING_KEYWORDS,
  TRESTLE_LIMIT_LISTING_KEYWORD_CHARS,      /* one keyword */
  TRESTLE_LIMIT_LISTING_KEYWORDS_CHARS,     /* all keywords */
  TRESTLE_LIMIT_LISTING_TESTERS,            /* a product's testers */
  TRESTLE_LIMIT_LISTING_TESTERS_ADVISED,    /* the same by the shape */
  TRESTLE_LIMIT_LOGO_BYTES,                 /* the file */
  TRESTLE_LIMIT_LOGO_LEAST_PIXELS,          /* each side */
  TRESTLE_LIMIT_LOGO_MOST_PIXELS,           /* each side */
  TRESTLE_LIMIT_VERSION_TITLE_CHARS,        /* a version's title */
  TRESTLE_LIMIT_VERSION_NOTES_CHARS,        /* release notes */
  TRESTLE_LIMIT_VERSION_USAGE_CHARS,        /* usage instructions */
  TRESTLE_LIMIT_VERSION_URL_CHARS,          /* sample notebook, repository */
  TRESTLE_LIMIT_VERSION_DESCRIPTION_CHARS,  /* of inputs, of outputs */
  TRESTLE_LIMIT_VERSION_LIMITATIONS_CHARS,  /* of inputs */
  TRESTLE_LIMIT_VERSION_SAMPLE_CHARS,       /* a sample, or its address */
  TRESTLE_LIMIT_VERSION_PARAMETERS,         /* inputs, outputs, attributes each */
  TRESTLE_LIMIT_VERSION_PARAMETERS_ADVISED, /* the same in AWS's web form */
  TRESTLE_LIMIT_PARAMETER_NAME_CHARS,
  TRESTLE_LIMIT_PARAMETER_DESCRIPTION_CHARS,
  TRESTLE_LIMIT_PARAMETER_CONSTRAINTS_CHARS,
  TRESTLE_LIMIT_INSTANCE_TYPE_CHARS, /* `ml.m5.large` */
  TRESTLE_LIMIT_OFFER_NAME_CHARS,
  TRESTLE_LIMIT_OFFER_DESCRIPTION_CHARS,
  TRESTLE_LIMIT_OFFER_RATES,              /* rows of a rate card */
  TRESTLE_LIMIT_OFFER_DIMENSION_CHARS,    /* `ml.m5.large.m.i.r` */
  TRESTLE_LIMIT_OFFER_EULA_URL_CHARS,     /* an own text's address */
  TRESTLE_LIMIT_EULA_ADVISED_BYTES,       /* AWS names no limit; above it one is likely */
  TRESTLE_LIMIT_OFFER_REFUND_CHARS,       /* refund policy */
  TRESTLE_LIMIT_OFFER_PRIVATE_BUYERS,     /* of a private offer */
  TRESTLE_LIMIT_TRIAL_LEAST_DAYS,         /* free trial */
  TRESTLE_LIMIT_TRIAL_MOST_DAYS,          /* free trial */
  TRESTLE_LIMIT_TRIAL_WEB_DAYS,           /* the most in AWS's web form */
  TRESTLE_LIMIT_TRIAL_ADVISED_LEAST_DAYS, /* what AWS suggests */
  TRESTLE_LIMIT_TRIAL_ADVISED_MOST_DAYS,  /* what AWS suggests */
  TRESTLE_LIMIT_PRICE_RISE_DAYS,          /* between two price rises */
  TRESTLE_LIMIT_CHANGES,                  /* in one change set */
  TRESTLE_LIMIT_RESTRICT_VERSIONS,        /* in one RestrictDeliveryOptions */
  TRESTLE_N_LIMITS,
} TrestleLimit;

typedef struct
{
  const char *key;
  gint64 value;
  const char *unit;
  const char *source;
  const char *date; /* when it was looked up */
} TrestleLimitRow;

gint64 trestle_limit (TrestleLimit limit);
const TrestleLimitRow *trestle_limit_row (TrestleLimit limit);

G_END_DECLS

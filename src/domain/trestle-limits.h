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
  TRESTLE_LIMIT_ATTRIBUTES_CHARS,    /* custom attributes */
  TRESTLE_LIMIT_BATCH_BYTES,         /* one batch transform call */
  TRESTLE_LIMIT_ASYNC_BYTES,         /* one asynchronous call */
  TRESTLE_LIMIT_NAME_CHARS,          /* models, configurations, endpoints */
  TRESTLE_LIMIT_TAGS,                /* tags of a resource */
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

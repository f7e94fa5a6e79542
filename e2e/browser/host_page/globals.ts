/** The libraries that the web client provides to plugins. Our bundle includes none of them. */
import PropTypes from 'prop-types';
import * as React from 'react';
import * as ReactBootstrap from 'react-bootstrap';
import * as ReactDOM from 'react-dom';
import * as ReactIntl from 'react-intl';
import * as ReactRedux from 'react-redux';
import * as ReactRouterDom from 'react-router-dom';
import * as Redux from 'redux';

Object.assign(window, {PropTypes, React, ReactBootstrap, ReactDOM, ReactIntl, ReactRedux, ReactRouterDom, Redux});
